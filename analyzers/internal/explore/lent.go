package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// What the environment gets by way of functions: the uses that their code makes
// of what they caught (see usesOf), of the objects that this leads to.

// lending is what the environment may do to objects of which it has no more
// than functions that caught them.
const lending = envSend | envRecv | envClose | envCall

// escapeFunc gives the environment a function to call.
func (m *machine) escapeFunc(st *state, v value) {
	fn := m.known(v)
	for k, part := range v.parts() {
		if fn == nil {
			m.escape(st, part, skeleton.EscapeAll)
			continue
		}
		caught := len(fn.src.Params) + k
		bits := m.usesOf(fn, caught)
		switch at := st.resolve(part); {
		case bits&envAll == 0:
			m.lend(st, part, bits)
		case at.k == vRef && st.heap[at.a].kind == oCells && !m.rewrites(fn, caught):
			m.escapeHeld(st, at.a)
		case at.k == vRef && st.heap[at.a].kind == oCells && len(st.heap[at.a].cells) == 1 && st.heap[at.a].cells[0].k == vNil && m.sets(fn, caught):
			m.escape(st, part, skeleton.EscapeAll)
			st.obj(at.a).cells[0] = uncalled
		default:
			m.escape(st, part, skeleton.EscapeAll)
		}
	}
}

// escapeHeld gives the environment what a variable holds, now and later, but
// not the variable.
func (m *machine) escapeHeld(st *state, n int32) {
	if st.heap[n].env&(envAll|envHeld) != 0 {
		return
	}
	o := st.obj(n)
	o.env |= envHeld
	for _, v := range append([]value(nil), o.cells...) {
		m.escape(st, v, skeleton.EscapeAll)
	}
}

// lend lets the environment do what uses tell to all that a value leads to, by
// way of a function that it may call. Uses do not tell the channels of a struct
// apart: where a value leads to several, each may be in any of them.
func (m *machine) lend(st *state, v value, bits uint8) {
	if bits == 0 {
		return
	}
	v = st.resolve(v)
	if v.k == vFunc {
		if bits&envCall != 0 {
			m.escapeFunc(st, v)
		}
		return
	}
	var met []int32
	st.leads(v, &met)
	channels := 0
	for _, n := range met {
		if st.heap[n].kind == oChan {
			channels++
		}
	}
	if channels > 1 {
		m.escape(st, v, skeleton.EscapeAll)
		return
	}
	for _, n := range met {
		m.lendObject(st, n, bits)
	}
}

// leads appends the objects that a value leads to without functions in between.
func (st *state) leads(v value, met *[]int32) {
	switch v = st.resolve(v); v.k {
	case vRef:
		if slices.Contains(*met, v.a) {
			return
		}
		*met = append(*met, v.a)
		for _, c := range st.heap[v.a].cells {
			st.leads(c, met)
		}
	case vAgg, vSlice, vIface:
		for _, part := range v.parts() {
			st.leads(part, met)
		}
	}
}

func (m *machine) lendObject(st *state, n int32, bits uint8) {
	if o := st.heap[n]; o.env&envAll != 0 || o.env&bits == bits {
		return
	}
	o := st.obj(n)
	o.env |= bits
	if o.kind == oChan {
		if bits&envClose != 0 {
			for _, l := range o.links {
				m.lendObject(st, l, envClose)
			}
		}
		return
	}
	if bits&envCall == 0 {
		return
	}
	for _, v := range append([]value(nil), o.cells...) {
		m.lendFuncs(st, v)
	}
}

func (m *machine) lendFuncs(st *state, v value) {
	switch v = st.resolve(v); v.k {
	case vFunc:
		m.escapeFunc(st, v)
	case vAgg, vSlice, vIface:
		for _, part := range v.parts() {
			m.lendFuncs(st, part)
		}
	}
}

// lendStored gives what is stored in an object that was lent as the object was:
// what a variable holds, and anything of what goes into one of many cells.
func (m *machine) lendStored(st *state, o *object, v value) {
	switch bits := o.env & lending; {
	case o.env&envHeld != 0:
		m.escape(st, v, skeleton.EscapeAll)
	case bits == 0:
	case o.kind == oCells && len(o.cells) == 1:
		m.lend(st, v, bits)
	default:
		m.escape(st, v, skeleton.EscapeAll)
	}
}

// Guessed reports whether a finding needs code out of sight to use what the program
// has made, and more than that:
//   - a panic needs a flag to stand as that code may have left it: it does the one
//     together with the other, in a way that is not known;
//   - what the code has sent is just what the goroutine is about to send when it
//     finds the channel closed, or gone, or what it has received is just what the
//     goroutine waits for in vain: it may have been this one.
//
// So does one that needs a function not to be called that the code was given to call,
// and which sets what is nil otherwise; and a panic that needs a flag or a number to
// be another one than it was when code out of sight came by it: that does what the
// package lets it do. And so does what takes a list to have got longer or shorter
// between two looks because code out of sight was given what holds it.
func (f *Finding) Guessed() bool {
	if f.chooses(func(c Choice) bool { return c.uncalled || c.again }) {
		return true
	}
	if f.Kind != Stuck && f.Kind != Spin && f.Kind != Endless && f.chooses(func(c Choice) bool { return c.forgot }) {
		return true
	}
	if !slices.ContainsFunc(f.Steps, func(s Step) bool { return s.lent }) {
		return false
	}
	switch f.Kind {
	case Stuck:
		return f.takenBefore() || f.Main.Op == skeleton.Send && f.Main.Waits[0].Nil && f.sentBefore()
	case Spin, Endless:
		return false
	case SendClosed:
		if f.sentBefore() {
			return true
		}
	}
	return f.chooses(func(c Choice) bool { return c.Text == "" && (c.Val == "true" || c.Val == "false") })
}

// chooses reports whether a finding needs a choice of some kind.
func (f *Finding) chooses(such func(Choice) bool) bool {
	return slices.ContainsFunc(f.Steps, func(s Step) bool { return slices.ContainsFunc(s.Choices, such) })
}

// sentBefore reports whether code out of sight has sent what a goroutine received
// from a channel of the name of the one that the panic is about.
func (f *Finding) sentBefore() bool {
	return slices.ContainsFunc(f.Steps, func(s Step) bool {
		return s.lent && s.Name == f.Main.Name && s.receives()
	})
}

// takenBefore reports whether code out of sight has received from a channel of the
// name of the only one that the goroutine waits to receive from.
func (f *Finding) takenBefore() bool {
	return len(f.Main.Waits) == 1 && f.Main.Waits[0].Op == skeleton.Recv && slices.ContainsFunc(f.Steps, func(s Step) bool {
		return s.lent && s.Op != skeleton.Close && s.Name == f.Main.Waits[0].Name && !s.receives()
	})
}

// receives reports whether a step receives.
func (s *Step) receives() bool {
	switch s.Op {
	case skeleton.Recv, skeleton.Recv2:
		return true
	case skeleton.Select:
		return s.Case >= 0 && !s.at.cases[s.Case].Case.Send
	}
	return false
}
