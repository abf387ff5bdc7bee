package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// A goroutine spins if it goes round a loop for ever because a channel is
// closed, or a context done: each receive succeeds at once, changes nothing that
// it goes by, and nothing leads out of the loop.
//
// Must: the state is the same after each round, the round takes receives of this
// kind and locks only, and either no way out of the loop is in its function, or
// the closed channel is all that it looks at.
//
// Ignored: gates, which are plain receives of values that say nothing.

// spins looks at the round that closes when a step leads from the state on top
// of the stack back to one below. Alone tells that it can lead nowhere else.
func (s *search) spins(st *state, t trans, step Step, back key, alone bool) {
	if s.aside || s.further || !step.ready {
		return
	}
	k := foundKey{kind: Spin, pos: step.Pos}
	if _, ok := s.found[k]; ok {
		return
	}
	long := false
	for n := len(s.stack) - 1; s.stack[n].key != back; n-- {
		if n == 0 || s.stack[n].step.Goroutine != step.Goroutine || !s.stack[n].step.ready && !locks(s.stack[n].step.Op) {
			return
		}
		long = true
	}
	if !s.noExit(st, t.g) && (long || !alone || !s.onlyReady(st, t.g)) {
		return
	}
	d := s.describe(st, t.g)
	d.Pos, d.Name, d.Far = step.Pos, step.Name, step.Far
	s.found[k] = len(s.list)
	s.list = append(s.list, Finding{Kind: Spin, Main: d, Steps: s.path(&step), Returned: max(st.left, 0)})
}

// ready reports whether a transition is a receive that will succeed at once
// whenever it is tried again: from a closed channel, or from Done of a context.
func (s *search) ready(st *state, t trans) bool {
	var buf [4]port
	for _, p := range s.ports(st, t.g, buf[:0]) {
		if p.cas == t.cas {
			return s.readyPort(st, p)
		}
	}
	return false
}

func (s *search) readyPort(st *state, p port) bool {
	if p.send {
		return false
	}
	if o := st.channel(p.ch); o != nil {
		return o.closed && len(o.cells) == 0 && (p.layout != "o" || p.cas >= 0)
	}
	return p.ch.k == vSym && st.syms[p.ch.a].nameRef != nil && st.syms[p.ch.a].nameRef.Method == "Done"
}

// onlyReady reports whether goroutine i stands at one receive of this kind, and
// at nothing else but a default, whose turn never comes.
func (s *search) onlyReady(st *state, i int) bool {
	var buf [4]port
	n := 0
	for _, p := range s.ports(st, i, buf[:0]) {
		if p.ch.k == vNil {
			continue
		}
		if n++; n > 1 || st.channel(p.ch) == nil || !s.readyPort(st, p) {
			return false
		}
	}
	return true
}

func locks(op skeleton.Op) bool { return op == skeleton.Lock || op == skeleton.RLock }

// noExit reports whether a function that goroutine i runs never returns, from
// where it is.
func (s *search) noExit(st *state, i int) bool {
	for _, f := range st.gs[i].frames {
		if !f.fn.src.Library && !s.mayLeave(f.fn, f.pc) {
			return true
		}
	}
	return false
}

// mayLeave reports whether a function may return, panic or end the goroutine
// once it is at pc. Calls of functions that do not return count as such.
func (p *Program) mayLeave(f *function, pc int32) bool {
	seen := make([]bool, len(f.code))
	todo := []int32{pc}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[at] {
			continue
		}
		seen[at] = true
		switch in := &f.code[at]; {
		case in.Op == skeleton.Jump:
			todo = append(todo, in.then)
		case in.Op == skeleton.Branch:
			todo = append(todo, in.then, in.els)
		case in.Op.IsEnd(), in.Op == skeleton.Call && p.neverReturns(in):
			return true
		default:
			todo = append(todo, at+1)
		}
	}
	return false
}

// neverReturns reports whether a call is of a function without a way to return.
func (p *Program) neverReturns(in *instr) bool {
	if len(in.Args) == 0 || in.Args[0].Kind != skeleton.ArgFunc {
		return false
	}
	n, ok := p.byName[in.Args[0].S]
	if !ok || p.funcs[n].src == nil {
		return false
	}
	returns := false
	p.funcs[n].eachInstr(func(in *skeleton.Instr) { returns = returns || in.Op == skeleton.Return })
	return !returns
}
