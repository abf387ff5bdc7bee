package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Channels that are closed to tell all who look that something is over: Done of
// a context of the environment, and those that the skeleton tells of (see
// skeleton.Closing). A receive that succeeds closes them for good, so that all
// later looks agree; and a context that is done has an error.
//
// Must: nobody sends to such a channel. Ignored: that an error which a context
// has before its channel was looked at means that the channel is closed.

// nobodySends notes that of a channel that a value holds.
func (st *state) nobodySends(v value) {
	if v = st.resolve(v); v.k != vRef || st.heap[v.a].kind != oChan || st.heap[v.a].shut {
		return
	}
	st.obj(v.a).shut = true
}

// onlyCloses reports whether the environment does no more to the unknown channel
// of a receive than to close it.
func (st *state) onlyCloses(p port) bool {
	if p.ch.k != vSym {
		return false
	}
	s := &st.syms[p.ch.a]
	if s.op == opDone {
		return orOpaque(p.layout) == "o" // something without a value, as of contexts
	}
	return s.nameRef != nil && s.nameRef.Op == skeleton.Load && s.nameRef.Tag == skeleton.Closing
}

// open is what a receive from an unknown channel tells of it: that it is open, or
// else closed for good.
func (st *state) open(ch value, in *instr) value {
	ok := st.newSym('b', in)
	s := &st.syms[ok.a]
	s.op, s.x, s.size = opOpen, ch, 1
	return ok
}

// unknownResult is what an unknown function gives. A context always gives the
// same channel, and an error once that is closed.
func (st *state) unknownResult(fn value, args []value, in *instr) value {
	if in.Op != skeleton.Call || in.Layout != "p" || fn.k != vUnset || len(args) != 1 {
		return st.fresh(in.Layout, in)
	}
	recv := st.resolve(args[0])
	switch in.Method {
	case "Done":
		return st.expr('p', opDone, 0, recv, value{}, in)
	case "Err":
		err := st.fresh(in.Layout, in)
		st.syms[err.a].nonnil = st.done(recv)
		return err
	}
	return st.fresh(in.Layout, in)
}

// done reports whether a context of the environment is known to be done.
func (st *state) done(ctx value) bool {
	return slices.ContainsFunc(st.syms, func(s symbol) bool {
		if s.op != opDone || !sameValue(st.resolve(s.x), ctx) {
			return false
		}
		o := st.channel(st.resolve(s.bound))
		return o != nil && o.closed
	})
}

// closeUnknown closes a channel of the environment: from now on we know it.
// Assumed tells that it is the environment that must have closed it.
func (st *state) closeUnknown(v value, in *instr, assumed bool) {
	n := st.newObject(object{kind: oChan, env: envAll | envSend | envRecv, closed: true, assumed: assumed, name: in.Name})
	st.syms[v.a].bound = refValue(n, 0)
}
