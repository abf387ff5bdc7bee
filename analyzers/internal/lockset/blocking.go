package lockset

import (
	"go/ast"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Waiting under a lock. An operation on a channel, a WaitGroup or a Cond that
// is done with a lock held waits for ever if every partner that could help has
// to acquire that lock first. The partners are all operations of the package
// on the same class (field or variable), so nothing is said where the object is
// visible to, or handed to, anybody else. Must, up to aliasing between objects
// of one class: lock and object have to hang on the same root on both sides.
//
// What is ignored: channels with a buffer; selects with more than one way on;
// partners in other packages.

// blocking notes what is held at an operation that may wait.
func (f *frame) blocking(s *state, i ssa.Instruction) {
	if !f.emit {
		return
	}
	f.noteWait(s, i)
	for _, e := range s.entries {
		if e.held() && !f.locks[e.lock].once {
			f.held[i] = append(f.held[i], heldAt{f.locks[e.lock], e})
		}
	}
}

// take is an acquisition, here or in a callee.
type take struct {
	at   ssa.Instruction
	lock lock
	mode Mode
}

// judgeBlocking reports operations whose partners all need a lock that is held.
func (p *pkg) judgeBlocking() {
	waits := func(f *frame) bool { return len(f.held) > 0 || len(f.remotes) > 0 || len(f.own) > 0 }
	if !slices.ContainsFunc(p.ordered, waits) {
		return
	}
	p.judgeWaits(false)
	if p.mixed && slices.ContainsFunc(p.ordered, func(f *frame) bool { return waits(f) && p.isTest(f.fn) }) {
		p.judgeWaits(true)
	}
}

// judgeWaits looks at the operations outside of tests, among which no test
// counts as a partner, or at those in tests.
func (p *pkg) judgeWaits(tests bool) {
	c := p.census(tests)
	p.chans = c
	for _, class := range c.classes {
		if c.leaked[class] || !p.private(class) || strings.Contains(class, "[]") {
			continue
		}
		for _, op := range c.ops[class] {
			f := p.frames[op.fn]
			if f == nil || f.overflow || p.isTest(op.fn) != tests || !op.alone || op.deferred || !op.kind.waits() {
				continue
			}
			for _, h := range f.held[op.at] {
				p.judgeWait(f, class, op, h)
			}
		}
	}
	for _, f := range p.ordered {
		if f.overflow || p.isTest(f.fn) != tests {
			continue
		}
		p.judgeOwn(f)
		for _, r := range f.remotes {
			if c.leaked[r.op.class] || !p.private(r.op.class) || strings.Contains(r.op.class, "[]") {
				continue
			}
			for _, h := range r.held {
				p.judgeWait(f, r.op.class, r.op, h)
			}
		}
	}
}

// private reports whether only this package can reach objects of a class.
func (p *pkg) private(class string) bool {
	if strings.HasPrefix(class, "var ") || p.pass.Pkg.Name() == "main" {
		return true
	}
	path, ok := strings.CutPrefix(class, p.pass.Pkg.Path()+".")
	if !ok {
		return false
	}
	for _, part := range strings.Split(path, ".") {
		if !ast.IsExported(strings.TrimRight(part, "*[]")) {
			return true
		}
	}
	return false
}

// judgeWait looks for a partner that can help without the lock.
func (p *pkg) judgeWait(f *frame, class string, op waitOp, h heldAt) {
	root, ok := f.sameRoot(f.placeOfOp(op), class, h.lock)
	if !ok {
		return
	}
	var partners []waitOp
	adds := false
	for _, o := range p.chans.ops[class] {
		if o.at != op.at && helps(op.kind, o.kind) {
			partners = append(partners, o)
		}
		adds = adds || o.kind == groupAdd
	}
	if (op.kind == chanSend || op.kind == chanRecv) && p.chans.buffer[class] {
		return // there may be room, or a value
	}
	if op.kind == chanSend && p.chans.readers[class] || op.kind == chanRecv && p.chans.writers[class] {
		return
	}
	if op.kind == condWait && len(partners) > 0 {
		return // Wait gives the lock of the condition back
	}
	if len(partners) == 0 {
		if op.kind == groupWait && !adds || op.kind == chanRecv {
			return // never used, or closed by nobody: not the lock's fault
		}
		if op.kind == chanSend && !p.chans.made[class] {
			return
		}
		p.reportWait(f, class, op, h, nil)
		return
	}
	var needs []Step
	for _, o := range partners {
		if op.kind == groupWait && p.addsBefore(o, class) {
			continue // it starts workers: what it locks, it locks before Add
		}
		if o.owner != "" && o.owner != ownerClass(h.lock.class) {
			continue
		}
		depth := 0
		if o.foreign {
			depth = 1
		}
		step, need := p.needs(o, h, root, depth)
		if need {
			needs = append(needs, step)
		} else if op.kind != groupWait {
			return
		}
	}
	if len(needs) == 0 || op.kind == groupWait && p.settles(op, partners) {
		return
	}
	p.reportWait(f, class, op, h, needs)
}

// settles reports whether who waits for a group has brought its count down before,
// itself or by functions that it calls: what was counted then need not wait for others.
func (p *pkg) settles(op waitOp, partners []waitOp) bool {
	return slices.ContainsFunc(partners, func(o waitOp) bool {
		if o.deferred || o.foreign {
			return false
		}
		if o.fn == op.fn {
			return precedes(o.at, op.at)
		}
		return slices.ContainsFunc(p.callers()[o.fn], func(c ssa.CallInstruction) bool {
			_, call := c.(*ssa.Call)
			return call && c.Parent() == op.fn && precedes(c, op.at)
		})
	})
}

// addsBefore reports whether the function of a Done, or one it calls, adds to the
// group, unless the Done is deferred before: then it is for the function itself.
func (p *pkg) addsBefore(done waitOp, class string) bool {
	for _, o := range p.chans.ops[class] {
		if o.kind != groupAdd {
			continue
		}
		if o.fn == done.fn && !(done.deferred && precedes(done.at, o.at)) {
			return true
		}
		for _, c := range p.callers()[o.fn] {
			if c.Parent() == done.fn && !(done.deferred && precedes(done.at, c)) {
				return true
			}
		}
	}
	return false
}

// helps reports whether an operation of one kind lets one of another go on.
func helps(waiting, o waitKind) bool {
	switch waiting {
	case chanSend:
		return o == chanRecv
	case chanRecv:
		return o == chanSend || o == chanClose
	case groupWait:
		return o == groupDone
	case condWait:
		return o == condSignal
	}
	return false
}

// placeOfOp returns what an operation is on.
func (f *frame) placeOfOp(op waitOp) place {
	if op.place != nil {
		return *op.place
	}
	return f.placeOf(op.value)
}

// sameRoot reports whether a lock and an object hang on the same object, or the
// object on one that is kept in it, and returns the key of that object.
func (f *frame) sameRoot(a place, class string, l lock) (string, bool) {
	b := l.place
	if a.base == b.base {
		return a.base, true
	}
	if owner, _ := f.pkg.ownerFrom(a.root); owner != nil && f.placeOf(owner).base == b.base {
		return b.base, true // a child of the lock's owner
	}
	// Both are variables of one function, or globals.
	local := func(p place, class string) bool {
		return strings.HasPrefix(class, "var ") || strings.HasPrefix(p.base, "g:")
	}
	return "", local(a, class) && local(b, l.class)
}

// maxCallers bounds how far partners are followed to their callers.
const maxCallers = 3

// needs reports whether a partner has to acquire the lock before it gets, or
// gets again, to its operation.
func (p *pkg) needs(o waitOp, h heldAt, root string, depth int) (Step, bool) {
	f := p.frames[o.fn]
	if f != nil {
		for _, g := range f.held[o.at] {
			if o.kind == chanClose && g.lock.class == h.lock.class {
				return Step{}, false // it may have been closed under the lock before
			}
			if g.lock.class == h.lock.class && f.excludes(g.entry.cur, h) && f.sameObject(o.value, g.lock, root, depth) {
				return f.lockedStep(g.lock, &g.entry), true
			}
		}
		for _, t := range f.takes {
			if t.lock.class != h.lock.class || !f.excludes(t.mode, h) || !f.sameObject(o.value, t.lock, root, depth) {
				continue
			}
			// What is taken in the call that leads to the operation was looked at there.
			if t.at != o.at && (o.deferred || precedes(t.at, o.at)) || shareLoop(t.at.Block(), o.at.Block()) && !remade(t) {
				return f.step0(t.at, " needs "+t.lock.name), true
			}
			if depth < maxCallers && p.allInLoops(o.fn) {
				return f.step0(t.at, " needs "+t.lock.name), true
			}
		}
	}
	if depth >= maxCallers || p.taken[o.fn] {
		return Step{}, false
	}
	calls := p.callers()[o.fn]
	if len(calls) == 0 || o.fn.Parent() == nil && p.reachable(o.fn) {
		return Step{}, false
	}
	var first Step
	for k, c := range calls {
		if _, ok := c.(*ssa.Go); ok {
			return Step{}, false
		}
		_, deferred := c.(*ssa.Defer)
		up := waitOp{kind: o.kind, fn: c.Parent(), at: c, value: o.value, deferred: deferred}
		s, ok := p.needs(up, h, root, depth+1)
		if !ok {
			return Step{}, false
		}
		if k == 0 {
			first = s
		}
	}
	return first, true
}

// sameObject: on the partner's side, too, lock and object hang on one object; in
// callers of the partner only the class is compared.
func (f *frame) sameObject(v ssa.Value, l lock, root string, depth int) bool {
	if depth > 0 {
		return true
	}
	_, ok := f.sameRoot(f.placeOf(v), f.pkg.class(v), l)
	return ok
}

// excludes reports whether a mode has to wait for a held lock.
func (f *frame) excludes(m Mode, h heldAt) bool { return m == Write || h.entry.cur == Write }

// remade reports whether the lock is another one in each round of the loop in
// which it is taken.
func remade(t take) bool {
	root, ok := t.lock.place.root.(ssa.Instruction)
	return ok && shareLoop(root.Block(), t.at.Block())
}

// allInLoops reports whether a function is called, and only from within loops.
func (p *pkg) allInLoops(fn *ssa.Function) bool {
	calls := p.callers()[fn]
	if len(calls) == 0 || p.taken[fn] {
		return false
	}
	for _, c := range calls {
		if _, ok := c.(*ssa.Call); !ok || !inLoop(c.Block()) {
			return false
		}
	}
	return true
}

func (p *pkg) reportWait(f *frame, class string, op waitOp, h heldAt, needs []Step) {
	name := f.nameOf(f.placeOfOp(op), class)
	lk := h.lock
	lk.name = f.written(lk, &h.entry)
	fd := &Finding{
		Kind: Blocking, Pos: position(op.at), Lock: lk.name, Op: f.operation(op), At: h.entry.at,
		Held: []Step{f.lockedStep(lk, &h.entry)}, HeldMode: h.entry.cur,
		Chain: []Step{f.step0(op.at, " waits for "+name)},
	}
	if len(op.chain) > 0 {
		fd.Chain, fd.Callee = op.chain, calleeOf(op.chain)
	}
	for _, n := range needs {
		fd.Others = append(fd.Others, []Step{n})
		fd.Elsewhere = append(fd.Elsewhere, n)
	}
	p.report(fd, lk, f.fn)
}
