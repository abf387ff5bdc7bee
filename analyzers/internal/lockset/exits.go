package lockset

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Ways out of a function with a lock held. Candidates are a must: they come
// from states in which the lock is held for certain. Whether somebody else is
// meant to release it (handoff.go) is decided when all functions of the package
// are known.

func (p *pkg) judgeExits() {
	p.leaves = map[leaver]bool{}
	for _, f := range p.ordered { // callees first
		if f.overflow {
			continue
		}
		for k := range f.exits {
			f.judgeExit(k)
		}
		for _, d := range f.dropped {
			f.judgeDrop(d)
		}
	}
	p.judgeNeverLocked()
}

// judgeExit looks at the locks held at one return in one state.
func (f *frame) judgeExit(k int) {
	x := f.exits[k]
	for n := range x.state.entries {
		e := &x.state.entries[n]
		lk := f.locks[e.lock]
		if !e.held() || e.need != 0 || e.tried || lk.once || lk.class == "" && !lk.place.portable() {
			continue
		}
		if e.by != nil && f.pkg.leaves[leaver{e.by.fn, lk.class}] {
			f.pkg.leaves[leaver{f.fn, lk.class}] = true
			continue // reported at the callee
		}
		released := f.releasedExits(e.lock, e.cur)
		if !f.mayHandOff(x, e, lk, released) {
			f.reportReturn(x.ret, e, lk)
			f.pkg.leaves[leaver{f.fn, lk.class}] = true
		}
	}
}

// judgeDrop reports a lock of a loop variable that is still held when the
// variable gets its next value.
func (f *frame) judgeDrop(d drop) {
	if f.flowsOut(d.lock.via) || f.flowsOut(d.lock.place.root) || !f.releasesKey(d.lock) || d.entry.dynamic || f.foreignReleases(d.lock) || d.entry.tried {
		return
	}
	f.reportReturn(d.at, &d.entry, d.lock)
}

// reportReturn reports a way out with a lock held, at the statement that
// leaves.
func (f *frame) reportReturn(at ssa.Instruction, e *entry, lk lock) {
	lk.name = f.written(lk, e)
	fd := &Finding{Kind: Return, Lock: lk.name, At: e.at, HeldMode: e.cur, Held: []Step{f.lockedStep(lk, e)}}
	ret, isRet := at.(*ssa.Return)
	stmt := f.leaving(at, e, lk)
	switch {
	case stmt != nil:
		fd.Pos = stmt.Pos()
		switch s := stmt.(type) {
		case *ast.BranchStmt:
			fd.Leave = s.Tok.String()
		case *ast.ReturnStmt:
			fd.Leave = "return"
		}
	case isRet && ret.Pos().IsValid():
		fd.Pos, fd.Leave = ret.Pos(), "return"
		stmt, _ = f.pkg.nodeAt(ret.Pos()).(ast.Stmt)
	default:
		fd.Pos = e.at
	}
	if fd.Fixes = f.unlockFix(stmt, e); !f.releasesKey(lk) {
		fd.Fixes = f.deferFix(e)
	}
	f.pkg.report(fd, lk, f.fn)
}

// leaving finds the statement that takes control past every release: the last
// branch from which a release can still be reached, on the side from which
// none can.
func (f *frame) leaving(to ssa.Instruction, e *entry, lk lock) ast.Stmt {
	if e.instr == nil {
		return nil
	}
	releases := map[*ssa.BasicBlock]bool{}
	for i, keys := range f.releases {
		if i.Block() != nil && slices.Contains(strings.Fields(keys), lk.place.key()) {
			releases[i.Block()] = true
		}
	}
	_, isRet := to.(*ssa.Return)
	for _, b := range f.fn.DomPreorder() {
		last, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok || !e.instr.Block().Dominates(b) || releases[b] && b != e.instr.Block() {
			continue
		}
		for side, s := range b.Succs {
			other := b.Succs[1-side]
			stop := e.instr.Block()
			if f.reaches(s, releases, stop) || !f.reaches(other, releases, stop) {
				continue
			}
			if !isRet && s != stop && !f.reachesBlock(s, stop) {
				continue
			}
			if isRet && !f.reachesBlock(s, to.Block()) {
				continue
			}
			if stmt := f.branchStmt(last, side == 0); stmt != nil {
				return stmt
			}
		}
	}
	return nil
}

// reaches reports whether a block in set can be reached from b without going
// through stop.
func (f *frame) reaches(b *ssa.BasicBlock, set map[*ssa.BasicBlock]bool, stop *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	var walk func(b *ssa.BasicBlock) bool
	walk = func(b *ssa.BasicBlock) bool {
		if set[b] && b != stop {
			return true
		}
		if seen[b] || b == stop {
			return false
		}
		seen[b] = true
		return slices.ContainsFunc(b.Succs, walk)
	}
	return walk(b)
}

func (f *frame) reachesBlock(b, to *ssa.BasicBlock) bool {
	return b == to || f.reaches(b, map[*ssa.BasicBlock]bool{to: true}, nil)
}

// branchStmt returns the return, break, continue or goto that ends one side
// of an if statement.
func (f *frame) branchStmt(i *ssa.If, side bool) ast.Stmt {
	s, then := f.pkg.ifStmt(i.Cond, side)
	if s == nil {
		return nil
	}
	block := s.Body
	if !then {
		b, ok := s.Else.(*ast.BlockStmt)
		if !ok {
			return nil
		}
		block = b
	}
	if k := len(block.List); k > 0 {
		switch last := block.List[k-1].(type) {
		case *ast.BranchStmt:
			if last.Tok != token.FALLTHROUGH {
				return last
			}
		case *ast.ReturnStmt:
			return last
		}
	}
	return nil
}

// judgeNeverLocked reports releases of locks that nobody in the package ever
// locks and nobody else can.
func (p *pkg) judgeNeverLocked() {
	classes := make([]string, 0, len(p.orphans))
	for c := range p.orphans {
		classes = append(classes, c)
	}
	slices.Sort(classes)
	for _, c := range classes {
		for _, o := range p.orphans[c] {
			f := p.frames[o.fn]
			if c == "" || strings.ContainsAny(c, "*[") || p.locked[c] > 0 || f == nil || f.visibleOutside(o.lock) {
				continue
			}
			fd := &Finding{Kind: Unheld, Pos: position(o.at), Lock: o.lock.name, Mode: o.mode}
			for _, h := range o.held {
				if h.lock.place.root != nil && h.lock.place.root == o.lock.place.root {
					fd.Other = h.lock.name
					fd.Held = []Step{f.lockedStep(h.lock, &h.entry)}
				}
			}
			p.report(fd, o.lock, o.fn)
		}
	}
}
