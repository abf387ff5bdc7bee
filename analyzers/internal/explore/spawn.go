package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// The beginning and the end of goroutines, and of the root.

func (m *machine) spawn(st *state, by int, pos skeleton.Pos, in *instr, fn value, args []value) outcome {
	callee := m.known(fn)
	if callee == nil {
		m.unknownCall(st, fn, args, in)
		return goOn
	}
	fr, ok := m.newFrame(st, callee, fn, args)
	if !ok {
		return cut
	}
	call := ""
	if in.Pos == 0 { // a model's own
		call = in.Name
	}
	st.gs = append(st.gs, &goroutine{
		owner: st.owner, id: st.nextG, frames: []*frame{fr}, fn: callee.num, started: pos, spawned: in.Pos, call: call,
		once: in.N == 1 || m.belowOnce(st, by), born: m.born(st, by),
	})
	st.nextG++
	return goOn
}

// born is the stack of goroutine i, and of those that started it.
func (m *machine) born(st *state, i int) []Frame {
	g := st.gs[i]
	out := make([]Frame, 0, len(g.frames)+len(g.born))
	for n := len(g.frames) - 1; n >= 0; n-- {
		f := g.frames[n]
		out = append(out, Frame{Func: f.fn.src.Name, Pos: f.fn.code[f.pc].Pos})
	}
	return append(out, g.born...)
}

// belowOnce reports whether goroutine i runs the function of a sync.Once, or
// was itself started there.
func (m *machine) belowOnce(st *state, i int) bool {
	for _, f := range st.gs[i].frames {
		if f.fn.src.Library && f.fn.src.Name == "(*sync.Once).Do" {
			return true
		}
	}
	return st.gs[i].once
}

// end removes a goroutine that has returned from its first function. The
// caller of a root gets the results.
func (m *machine) end(st *state, i int, pos skeleton.Pos, results []value) outcome {
	g := st.gs[i]
	if g.root {
		m.returned = true
		if m.root.Kind == Main {
			return exited
		}
		if st.left = pos; pos == 0 {
			st.left = nowhere
		}
		if !m.drops(st, i, results) {
			modes := g.frames[0].fn.modes
			for n, v := range results {
				m.escape(st, v, argMode(modes, n))
			}
		}
	} else {
		m.over[g.spawned] = true
	}
	st.remove(i)
	return finished
}

// wantDropped asks for the error by which the caller of a root goes, nil if it
// is known or makes no difference.
func (m *machine) wantDropped(st *state, i int, results []value) *ask {
	g := st.gs[i]
	if !g.root || len(g.frames) > 1 || !tellsError(g.frames[0].fn) {
		return nil
	}
	last := len(results) - 1
	err := st.resolve(results[last])
	if err.k != vSym || st.syms[err.a].nonnil {
		return nil
	}
	for n, v := range results[:last] {
		if mode := argMode(g.frames[0].fn.modes, n); mode != skeleton.EscapeNone && st.resolve(v).k != vNil {
			return &ask{sym: err.a, vals: []value{{}, nilValue}}
		}
	}
	return nil
}

// drops reports whether a root returns an error, for which its caller leaves
// the other results alone.
func (m *machine) drops(st *state, i int, results []value) bool {
	if len(results) == 0 || !tellsError(st.gs[i].frames[0].fn) {
		return false
	}
	err := st.resolve(results[len(results)-1])
	return err.k == vIface || err.k == vSym && st.syms[err.a].nonnil
}

func tellsError(f *function) bool {
	return len(f.modes) > 1 && f.modes[len(f.modes)-1] == skeleton.ResultError
}
