package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// control executes calls, returns and what belongs to them.
func (m *machine) control(st *state, i int, in *instr) (outcome, *ask) {
	f := st.peek(i)
	switch in.Op {
	case skeleton.Call:
		fn, args, ok := m.callee(st, f, in)
		if !ok {
			return cut, nil
		}
		return m.call(st, i, in, fn, args), nil
	case skeleton.Spawn:
		fn, args, ok := m.callee(st, f, in)
		if !ok {
			return cut, nil
		}
		st.top(i).pc++
		return m.spawn(st, i, m.where(st, i, in), in, fn, args), nil
	case skeleton.Defer:
		fn := m.raw(st, f, in, in.args[0])
		var args []value
		for _, a := range in.args[1:] {
			args = append(args, m.raw(st, f, in, a))
		}
		if len(f.defers) >= maxElems {
			return m.hit("defers"), nil
		}
		top := st.top(i)
		top.defers = append(top.defers, deferred{fn: fn, args: args, in: in})
		top.pc++
		return goOn, nil
	case skeleton.RunDefers:
		if len(f.defers) == 0 {
			st.top(i).pc++
			return goOn, nil
		}
		return m.popDefer(st, i), nil
	case skeleton.Recover:
		v := nilValue
		if g := st.own(i); len(g.frames) > 1 {
			if below := g.frames[len(g.frames)-2]; below.deferring && below.mode == panicking && !below.recovered {
				g.frame(st, len(g.frames)-2).recovered = true
				g.crash = nil
				v = st.newSym('p', in)
				st.syms[v.a].nonnil = true
			}
		}
		st.setReg(i, in, v)
		return goOn, nil
	case skeleton.Havoc:
		for n, a := range in.args {
			m.escape(st, m.raw(st, f, in, a), argMode(in.Tag, n))
		}
		v := st.fresh(in.Layout, in)
		if in.M != 0 {
			st.answer(v.parts(), in.M)
		}
		st.setReg(i, in, v)
		return goOn, nil
	case skeleton.Return:
		var results []value
		for _, a := range in.args {
			results = append(results, m.raw(st, f, in, a))
		}
		if a := m.wantDropped(st, i, results); a != nil {
			return goOn, a
		}
		return m.ret(st, i, in, results), nil
	case skeleton.Panic:
		if m.root.Kind == Test && !m.mayRecover(st, i) {
			// The process of the tests is about to end, as when a test fails.
			return exited, nil
		}
		st.top(i).mode = panicking
		return goOn, nil
	case skeleton.Goexit:
		st.top(i).mode = goexiting
		return goOn, nil
	}
	return cut, nil
}

// callee finds what a call runs: a function value and its arguments, with the
// receiver first for a method. A value without code is an unknown function.
func (m *machine) callee(st *state, f *frame, in *instr) (value, []value, bool) {
	fn := m.val(st, f, in, in.args[0])
	args := make([]value, 0, len(in.args))
	for _, a := range in.args[1:] {
		args = append(args, m.raw(st, f, in, a))
	}
	if in.Method == "" {
		return fn, args, fn.k != vNil
	}
	return m.method(fn, args, in.Method)
}

func (m *machine) method(recv value, args []value, name string) (value, []value, bool) {
	if recv.k == vNil {
		return recv, nil, false
	}
	if recv.k != vIface {
		return value{}, append([]value{recv}, args...), true
	}
	all := append([]value{recv.parts()[0]}, args...)
	if t := m.types[recv.a]; t != nil {
		if full, ok := t.Methods[name]; ok {
			return value{k: vFunc, a: m.funcNum(full)}, all, true
		}
	}
	return value{}, all, true
}

// known returns the function of a value if its skeleton is in the program.
func (m *machine) known(fn value) *function {
	if fn.k != vFunc {
		return nil
	}
	f := m.enter(fn.a)
	if f.src == nil {
		return nil
	}
	return f
}

// unknownCall gives the arguments to the environment: in the modes of the
// call's Tag where it has them (the first letter is the function's or
// receiver's own), fully otherwise.
func (m *machine) unknownCall(st *state, fn value, args []value, in *instr) {
	if fn.k == vFunc {
		m.escape(st, fn, skeleton.EscapeAll)
	}
	shift := 1
	if in.Method != "" {
		shift = 0
	}
	for n, a := range args {
		if v := st.resolve(a); fn.k == vFunc && v.k == vFunc && m.known(v) != nil {
			m.gave = true
		}
		m.escape(st, a, argMode(in.Tag, n+shift))
	}
}

func (m *machine) call(st *state, i int, in *instr, fn value, args []value) outcome {
	callee := m.known(fn)
	if callee == nil {
		m.unknownCall(st, fn, args, in)
		m.mayLetGo(st, i, fn, len(args))
		st.setReg(i, in, st.unknownResult(fn, args, in))
		return goOn
	}
	return m.push(st, i, callee, fn, args)
}

// push enters a function; the caller stays at its call until it returns.
func (m *machine) push(st *state, i int, callee *function, fn value, args []value) outcome {
	g := st.own(i)
	if len(g.frames) >= m.lim.Frames {
		return m.hit("frames")
	}
	fr, ok := m.newFrame(st, callee, fn, args)
	if !ok {
		return cut
	}
	g.frames = append(g.frames, fr)
	return goOn
}

func (m *machine) newFrame(st *state, callee *function, fn value, args []value) (*frame, bool) {
	if len(args) != len(callee.src.Params) || len(fn.parts()) != len(callee.src.Frees) {
		return nil, false
	}
	m.entered[callee] = true
	fr := st.pool.frame(callee.regs)
	regs := append(append(fr.regs, args...), fn.parts()...)
	for n := range regs {
		if regs[n].k == vUnset {
			regs[n] = nilValue
		}
	}
	for len(regs) < callee.regs {
		regs = append(regs, nilValue)
	}
	*fr = frame{owner: st.owner, fn: callee, regs: regs}
	return fr, true
}

// popDefer calls the function deferred last.
func (m *machine) popDefer(st *state, i int) outcome {
	f := st.top(i)
	d := f.defers[len(f.defers)-1]
	f.defers = f.defers[:len(f.defers)-1]
	fn, args := st.resolve(d.fn), d.args
	if d.in.Method != "" {
		var ok bool
		if fn, args, ok = m.method(fn, args, d.in.Method); !ok {
			return cut
		}
	} else if fn.k == vNil {
		return cut
	}
	callee := m.known(fn)
	if callee == nil {
		m.unknownCall(st, fn, args, d.in)
		m.mayLetGo(st, i, fn, len(args))
		return goOn
	}
	f.deferring = true
	out := m.push(st, i, callee, fn, args)
	if out == goOn {
		st.top(i).by = d.in
	}
	return out
}

// ret leaves the innermost function with its results.
func (m *machine) ret(st *state, i int, in *instr, results []value) outcome {
	g := st.own(i)
	if len(g.frames) == 1 {
		return m.end(st, i, in.Pos, results)
	}
	if left := g.frames[len(g.frames)-1]; left.owner == st.owner {
		st.pool.putFrame(left)
	}
	g.frames = g.frames[:len(g.frames)-1]
	caller := g.frame(st, len(g.frames)-1)
	if caller.deferring {
		caller.deferring = false
		return goOn
	}
	call := &caller.fn.code[caller.pc]
	var v value
	switch len(results) {
	case 0:
		v = nilValue
	case 1:
		v = results[0]
	default:
		var cells []value
		for _, r := range results {
			if r.k == vAgg {
				cells = append(cells, r.parts()...)
			} else {
				cells = append(cells, r)
			}
		}
		v = aggValue(cells)
	}
	if call.Dst != skeleton.NoReg {
		caller.regs[call.Dst] = v
	}
	caller.pc++
	return goOn
}

// unwind takes one step of a panic or Goexit: the next deferred function, the
// recovery, or the next frame.
func (m *machine) unwind(st *state, i int) outcome {
	f := st.peek(i)
	if len(f.defers) > 0 {
		return m.popDefer(st, i)
	}
	if f.mode == panicking && f.recovered {
		return m.recovered(st, i)
	}
	g := st.own(i)
	mode := f.mode
	if len(g.frames) == 1 {
		if mode == goexiting {
			return m.end(st, i, f.fn.code[f.pc].Pos, nil)
		}
		m.panicked = g.crash
		return exited
	}
	g.frames = g.frames[:len(g.frames)-1]
	caller := g.frame(st, len(g.frames)-1)
	caller.deferring = false
	caller.mode = mode
	caller.recovered = false
	return goOn
}

// mayRecover reports whether a call deferred by goroutine i recovers. Functions
// out of sight are taken not to: what is deferred in tests closes and stops.
func (m *machine) mayRecover(st *state, i int) bool {
	for _, f := range st.gs[i].frames {
		for k := range f.defers {
			fn := m.known(st.resolve(f.defers[k].fn))
			if fn == nil {
				continue
			}
			for _, b := range fn.src.Blocks {
				if slices.ContainsFunc(b, func(in skeleton.Instr) bool { return in.Op == skeleton.Recover }) {
					return true
				}
			}
		}
	}
	return false
}

// recovered lets the function whose deferred call recovered return: through its
// recover block, or with zero results.
func (m *machine) recovered(st *state, i int) outcome {
	f := st.top(i)
	f.mode, f.recovered = running, false
	st.own(i).crash = nil
	if f.fn.src.Recover >= 0 {
		f.pc = f.fn.recoverAt
		return goOn
	}
	var results []value
	for _, r := range f.fn.src.Results {
		results = append(results, zeroOf(resultLayout(r)))
	}
	return m.ret(st, i, &f.fn.code[f.pc], results)
}

// fail starts a panic of concurrency in goroutine number i.
func (m *machine) fail(st *state, i int, kind Kind) {
	// What panics while another panic unwinds is not the cause.
	if g := st.own(i); g.crash == nil {
		f := g.frames[len(g.frames)-1]
		g.crash = &crash{kind: kind, g: m.describe(st, i), at: &f.fn.code[f.pc], deferred: f.by != nil}
	}
	st.top(i).mode = panicking
}
