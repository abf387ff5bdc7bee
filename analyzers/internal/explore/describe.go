package explore

import (
	"strings"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Where goroutines stand, in the words and at the places of the user.

// site is the instruction of goroutine i that the user wrote: the innermost one
// outside library functions, or the defer statement that called one of these.
func (m *machine) site(st *state, i int) *instr {
	return m.innermost(st, i, func(f *skeleton.Func) bool { return f.Library })
}

// innermost is the innermost instruction of goroutine i outside the functions
// that are hidden, or the defer statement that called one of these.
func (m *machine) innermost(st *state, i int, hidden func(*skeleton.Func) bool) *instr {
	frames := st.gs[i].frames
	for n := len(frames) - 1; n >= 0; n-- {
		f := frames[n]
		if !hidden(f.fn.src) || n == 0 {
			return &f.fn.code[f.pc]
		}
		if f.by != nil && !hidden(frames[n-1].fn.src) {
			return f.by
		}
	}
	return nil
}

// far is the position of what goroutine i does if that is in another package, 0 if it is not.
func (m *machine) far(st *state, i int) skeleton.Pos {
	return min(0, m.site(st, i).Pos)
}

// where is the position of an instruction of goroutine i: that of the call in
// the package if a function of the library, or of another package, executes it.
func (m *machine) where(st *state, i int, in *instr) skeleton.Pos {
	if in.Pos > 0 {
		return in.Pos
	}
	if pos := m.innermost(st, i, outside).Pos; pos > 0 {
		return pos
	}
	return st.gs[i].started
}

// outside reports whether a function does not belong to the package.
func outside(f *skeleton.Func) bool { return f.Library || f.Foreign() }

// mechanism reports whether goroutine i runs nothing but library functions, as
// a timer that waits to fire: it is no finding. One that is to blame on the call
// that started it is.
func (m *machine) mechanism(st *state, i int) bool {
	if st.gs[i].call != "" {
		return false
	}
	for _, f := range st.gs[i].frames {
		if !f.fn.src.Library {
			return false
		}
	}
	return true
}

// describe tells where goroutine number i stands and what it waits for.
func (m *machine) describe(st *state, i int) Goroutine {
	g := st.gs[i]
	in := m.site(st, i)
	f := st.peek(i)
	op := &f.fn.code[f.pc]
	d := Goroutine{
		ID: int(g.id), Root: g.root, Started: g.started, Spawned: g.spawned, Born: g.born, Func: m.funcs[g.fn].src.Name,
		Op: op.Op, at: op.Instr, Name: in.Name, Pos: m.where(st, i, in), Far: m.far(st, i), Inside: f.fn.src.Library,
	}
	for n := len(g.frames) - 1; n >= 0; n-- {
		if fr := g.frames[n]; !fr.fn.src.Library {
			d.Stack = append(d.Stack, Frame{Func: fr.fn.src.Name, Pos: fr.fn.code[fr.pc].Pos})
		}
	}
	if d.Inside {
		d.Call = m.libraryCall(st, i)
	}
	if g.call != "" {
		d.Call, d.Pos, d.Inside = g.call, g.started, true
	}
	var buf [4]port
	for _, p := range m.ports(st, i, buf[:0]) {
		w := Wait{Op: skeleton.Recv, Name: p.name, Pos: p.pos, Nil: p.ch.k == vNil, Range: p.loop}
		if p.send {
			w.Op = skeleton.Send
		}
		if f.fn.src.Library {
			w.Name, w.Pos = in.Name, in.Pos
		}
		if o := st.channel(p.ch); o != nil {
			w.Made, w.Cap = o.made, int(o.cap)
		}
		d.Waits = append(d.Waits, w)
	}
	if len(d.Waits) == 0 && len(op.args) > 0 {
		w := Wait{Op: op.Op, Name: in.Name, Pos: in.Pos}
		if v := m.val(st, f, op, op.args[0]); v.k == vRef {
			w.Made = st.heap[v.a].made
			w.RW = st.heap[v.a].get(v.b).k == vRW
		}
		d.Waits = append(d.Waits, w)
	}
	return d
}

// libraryCall names the library function that goroutine i has called: that of a
// method with the object before it.
func (m *machine) libraryCall(st *state, i int) string {
	frames := st.gs[i].frames
	for n := len(frames) - 1; n > 0; n-- {
		if frames[n-1].fn.src.Library {
			continue
		}
		name := m.site(st, i).Name
		if callee := frames[n].fn.src; strings.HasPrefix(callee.Name, "(") {
			name += "." + callee.Name[strings.LastIndexByte(callee.Name, '.')+1:]
		}
		return name
	}
	return ""
}

// forever reports whether goroutine i stands at a select without cases: it is
// meant to wait for ever. So is a main that waits for the end of a context which
// has none: others do the work.
func (m *machine) forever(st *state, i int) bool {
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	if m.root.Kind == Main && st.gs[i].root && in.Op == skeleton.Recv && strings.HasSuffix(in.Name, ".Done()") {
		return st.resolve(m.val(st, f, in, in.args[0])).k == vNil
	}
	return in.Op == skeleton.Select && len(in.cases) == 0
}
