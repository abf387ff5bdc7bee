package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Waiting for oneself. A goroutine that waits for what only it would do later
// never goes on: Wait of a group that counts the goroutine, whose Done is
// deferred; a receive that only its own deferred close would end; a send on a
// channel from which only its own loop receives. The wait may be in a callee, as
// where a worker calls the Stop that waits for all workers.
//
// Must, up to what is taken for granted of run loops (see servedBy): group or
// channel are kept in the package and hang on one object on both sides, all
// that could help is in sight, and what a callee does under a condition counts
// only if the condition is known to hold.
//
// What is ignored: selects with another way on; channels with a buffer for more
// than one value; a Done that is not deferred.

// noteOwn keeps a wait of the function, or of one that it calls, for judgeOwn.
func (f *frame) noteOwn(op waitOp) {
	for _, o := range f.own {
		if o.at == op.at && o.class == op.class {
			return
		}
	}
	f.own = append(f.own, op)
}

// judgeOwn looks for waits that only the waiting goroutine itself could end.
func (p *pkg) judgeOwn(f *frame) {
	for _, w := range f.own {
		if p.chans.leaked[w.class] {
			continue
		}
		switch w.kind {
		case groupWait:
			p.judgeCounted(f, w)
		case chanRecv:
			p.judgeClosing(f, w)
		case chanSend:
			p.judgeServing(f, w)
		}
	}
}

// judgeCounted reports a Wait of a goroutine that the group counts.
func (p *pkg) judgeCounted(f *frame, w waitOp) {
	for _, o := range p.chans.ops[w.class] {
		if o.kind == groupDone && o.fn == f.fn && p.deferredBefore(f, o, w) {
			why := "its Done is deferred"
			if o.foreign {
				why = "the group runs it"
			}
			p.reportOwn(f, w, why, o)
			return
		}
	}
}

// judgeClosing reports a receive of a goroutine whose own deferred close is all
// that could end it.
func (p *pkg) judgeClosing(f *frame, w waitOp) {
	if p.chans.writers[w.class] || !p.chans.made[w.class] {
		return
	}
	var end waitOp
	for _, o := range p.chans.ops[w.class] {
		if !helps(chanRecv, o.kind) {
			continue
		}
		if o.kind != chanClose || o.fn != f.fn || !p.deferredBefore(f, o, w) {
			return
		}
		end = o
	}
	if end.at != nil {
		p.reportOwn(f, w, "it closes it when it returns", end)
	}
}

// deferredBefore reports whether a deferred call was made before a wait of the same
// function, on the same object.
func (p *pkg) deferredBefore(f *frame, deferred, w waitOp) bool {
	if !deferred.deferred {
		return false
	}
	if deferred.foreign {
		at := p.object(f.placeOfOp(w).root, 0)
		return at != nil && at == p.owner(deferred.value)
	}
	return precedes(deferred.at, w.at) && f.placeOf(deferred.value).key() == f.placeOfOp(w).key()
}

// judgeServing reports a send of the goroutine that alone receives.
func (p *pkg) judgeServing(f *frame, w waitOp) {
	c := p.chans
	if w.value == nil || c.readers[w.class] || !c.made[w.class] || c.wide[w.class] {
		return
	}
	owner := p.owner(w.value)
	if owner == nil {
		return
	}
	fns := []*ssa.Function{f.fn}
	var first waitOp
	for _, o := range c.ops[w.class] {
		if o.kind != chanRecv {
			continue
		}
		if p.owner(o.value) != owner {
			return
		}
		if first.at == nil {
			first = o
		}
		fns = append(fns, o.fn)
	}
	if first.at == nil || !p.oneGoroutine(fns) {
		return
	}
	why := "only it receives"
	if c.buffer[w.class] {
		if !p.sendsAgain(w, fns[1:]) {
			return
		}
		why += ", and it may send a second time before"
	}
	p.reportOwn(f, w, why, first)
}

// sendsAgain reports whether control can come from a send back to it without a
// receive: one loop, from which the function that sends is called, has all
// receives, and a way round without one of them.
func (p *pkg) sendsAgain(w waitOp, receivers []*ssa.Function) bool {
	loop := receivers[0]
	at := w.at
	for n := 0; at.Parent() != loop; n++ {
		calls := p.callersOf(at.Parent())
		if n == maxWaitChain || len(calls) != 1 {
			return false
		}
		if _, ok := calls[0].(*ssa.Call); !ok {
			return false
		}
		at = calls[0]
	}
	taken := map[*ssa.BasicBlock]bool{}
	for _, o := range p.chans.ops[w.class] {
		if o.kind != chanRecv {
			continue
		}
		b := p.received(o)
		if o.fn != loop || b == nil {
			return false
		}
		taken[b] = true
	}
	return !taken[at.Block()] && reachesPast(at.Block(), at.Block(), taken)
}

// received returns the block to which control comes with what was received.
func (p *pkg) received(o waitOp) *ssa.BasicBlock {
	sel, ok := o.at.(*ssa.Select)
	if !ok {
		return o.at.Block()
	}
	for _, r := range *sel.Referrers() {
		index, ok := r.(*ssa.Extract)
		if !ok || index.Index != 0 {
			continue
		}
		for _, r := range *index.Referrers() {
			is, ok := r.(*ssa.BinOp)
			if !ok {
				continue
			}
			k, ok := is.Y.(*ssa.Const)
			if !ok || sel.States[k.Int64()].Chan != o.value {
				continue
			}
			if branch, ok := is.Block().Instrs[len(is.Block().Instrs)-1].(*ssa.If); ok && branch.Cond == ssa.Value(is) {
				return is.Block().Succs[0]
			}
		}
	}
	return nil
}

// owner returns the object that a channel or group is kept in, or the variable
// that it is, nil if that may be another each time.
func (p *pkg) owner(v ssa.Value) ssa.Value {
	if l, ok := v.(*ssa.UnOp); ok && l.Op == token.MUL {
		v = l.X
	}
	if a, ok := v.(*ssa.FieldAddr); ok {
		v = ownerOf(a)
	}
	return p.object(v, 0)
}

// object follows a value through variables that are assigned once, and from
// parameters to what all callers give.
func (p *pkg) object(v ssa.Value, depth int) ssa.Value {
	v = p.origin(v)
	switch v := v.(type) {
	case *ssa.Parameter:
		fn := v.Parent()
		calls := p.callersOf(fn)
		if depth == maxChain || len(calls) == 0 || p.taken[fn] || p.open(fn) || p.servedBy(fn) {
			return v
		}
		k := slices.Index(fn.Params, v)
		var all ssa.Value
		for _, c := range calls {
			if c.Common().IsInvoke() {
				return nil
			}
			o := p.object(c.Common().Args[k], depth+1)
			if o == nil || all != nil && o != all {
				return nil
			}
			all = o
		}
		return all
	case *ssa.Alloc:
		if c := p.cellOf(v); c.only != nil && pointerLike(c.only) {
			return p.object(c.only, depth)
		}
		return v
	case *ssa.Call, *ssa.MakeChan, *ssa.Global:
		return v
	case *ssa.Extract:
		if _, ok := v.Tuple.(*ssa.Call); ok {
			return v
		}
	}
	return nil
}

func (p *pkg) reportOwn(f *frame, w waitOp, why string, by waitOp) {
	end := p.stepAt(by.fn, by.at, map[waitKind]string{
		groupDone: " is counted until it returns", chanClose: " closes it when it returns", chanRecv: " receives",
	}[by.kind])
	if by.foreign {
		end = Step{Text: funcName(by.fn) + " is what it waits for", Where: p.where(by.fn.Pos()), pos: by.fn.Pos()}
	}
	fd := &Finding{
		Kind: Own, Pos: position(w.at), Op: f.operation(w), Other: why,
		Chain:  []Step{f.step0(w.at, " waits for "+f.nameOf(f.placeOfOp(w), w.class))},
		Others: [][]Step{{end}}, Elsewhere: []Step{end},
	}
	if len(w.chain) > 0 {
		fd.Chain, fd.Callee = w.chain, calleeOf(w.chain)
	}
	p.report(fd, lock{}, f.fn)
}

// operation is a wait in the user's words.
func (f *frame) operation(w waitOp) string {
	name := f.nameOf(f.placeOfOp(w), w.class)
	switch w.kind {
	case chanSend:
		return "send on " + name
	case chanRecv:
		return "receive from " + name
	}
	if c, ok := w.at.(*ssa.Call); ok && w.kind == groupWait && w.place == nil {
		return name + "." + c.Call.StaticCallee().Name() // StopAndWait of a pool
	}
	return name + ".Wait"
}

// pointerLike reports whether copies of a value are about one object.
func pointerLike(v ssa.Value) bool {
	switch v.Type().Underlying().(type) {
	case *types.Pointer, *types.Chan:
		return true
	}
	return false
}
