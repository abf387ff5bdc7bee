package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Who may release a lock that another goroutine holds. A lock may be handed
// over: one goroutine locks, another unlocks. This tells, may, whether code
// calls Unlock more often than Lock on some path from a point on; which lock it
// is does not count. A function value that is not known may be any of those that
// the program uses as values and that take as many arguments.
//
// Bounds: a path is followed while the balance stays within maxBalance. What it
// ignores: calls of interface methods it cannot resolve, but for those named as
// the methods of sync.Locker.

const maxBalance = 4

// releases is what a function does to the balance of locks: whether it may fall
// below that at its entry, and the lowest value at a return.
type releases struct {
	known, busy bool
	below       bool
	net         int
}

// mayRelease reports whether goroutine number i may yet unlock what it has not
// locked itself.
func (m *machine) mayRelease(st *state, i int) bool {
	g := st.gs[i]
	balance := m.locksHeld(st, g.id)
	for n := len(g.frames) - 1; n >= 0; n-- {
		f := g.frames[n]
		pending := 0
		for k := range f.defers {
			d := &f.defers[k]
			if fn := m.known(st.resolve(d.fn)); fn != nil {
				r := m.releasesOf(fn)
				if r.below {
					pending = min(pending+r.net, -1)
				} else {
					pending += r.net
				}
			}
		}
		if f.mode != running {
			balance += pending
		} else {
			pc := f.pc
			if n < len(g.frames)-1 && !f.deferring {
				pc++
			}
			r := m.walkLocks(f.fn, pc, min(balance, maxBalance), pending)
			if r.below {
				return true
			}
			balance = r.net
		}
		if balance < 0 {
			return true
		}
	}
	return false
}

// locksHeld counts the locks that a goroutine holds.
func (m *machine) locksHeld(st *state, id int32) int {
	held := 0
	for _, o := range st.heap {
		for _, v := range o.cells {
			switch {
			case (v.k == vMutex || v.k == vRW) && v.a == id+1:
				held++
			case v.k == vRW:
				for _, r := range v.parts() {
					if r.a == id {
						held++
					}
				}
			}
		}
	}
	return held
}

func (m *machine) releasesOf(f *function) releases {
	if f.rel.known || f.rel.busy {
		return f.rel
	}
	f.rel.busy = true
	r := m.walkLocks(f, 0, 0, 0)
	f.rel = releases{known: true, below: r.below, net: r.net}
	return f.rel
}

// walkLocks follows all paths of a function from pc on, at first with the given
// balance, and with what its deferred calls will add.
func (m *machine) walkLocks(f *function, pc int32, balance, deferred int) releases {
	type point struct {
		pc            int32
		balance, defs int
	}
	res := releases{net: maxBalance}
	seen := map[point]bool{}
	todo := []point{{pc, balance, deferred}}
	reached := false
	for len(todo) > 0 {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if p.balance < 0 {
			res.below = true
			return res
		}
		if seen[p] || p.balance > maxBalance || p.defs < -maxBalance || p.defs > maxBalance {
			continue
		}
		seen[p] = true
		in := &f.code[p.pc]
		next := p
		next.pc++
		switch in.Op {
		case skeleton.Lock, skeleton.RLock, skeleton.TryLock, skeleton.TryRLock:
			next.balance++ // a try is taken to succeed
		case skeleton.Unlock, skeleton.RUnlock:
			next.balance--
		case skeleton.Call, skeleton.Spawn, skeleton.Defer:
			r := m.releasesIn(f, in)
			switch {
			case in.Op == skeleton.Defer && r.below:
				next.defs += min(r.net, -1)
			case in.Op == skeleton.Defer:
				next.defs += r.net
			case r.below && (in.Op == skeleton.Spawn || p.balance == 0):
				res.below = true
				return res
			case in.Op == skeleton.Call && r.below:
				next.balance--
			case in.Op == skeleton.Call:
				next.balance += r.net
			}
		case skeleton.RunDefers:
			next.balance += p.defs
			next.defs = 0
		case skeleton.Jump:
			next.pc = in.then
		case skeleton.Branch:
			next.pc = in.then
			other := p
			other.pc = in.els
			todo = append(todo, other)
		case skeleton.Return:
			res.net = min(res.net, p.balance)
			reached = true
			continue
		case skeleton.Panic, skeleton.Goexit, skeleton.Exit, skeleton.Stop:
			continue
		}
		todo = append(todo, next)
	}
	if !reached {
		res.net = 0
	}
	return res
}

// releasesIn is what the callee of an instruction does to the balance.
func (m *machine) releasesIn(f *function, in *instr) releases {
	switch in.Method {
	case "":
	case "Lock", "RLock":
		return releases{net: 1}
	case "Unlock", "RUnlock":
		return releases{below: true, net: -1}
	default:
		return releases{}
	}
	if a := in.args[0]; a < 0 {
		if v := in.consts[^a]; v.k == vFunc {
			return m.releasesByNum(v.a)
		}
		return releases{}
	}
	// A literal called where it is made.
	for k := range f.code {
		if def := &f.code[k]; def.Op == skeleton.Closure && def.Dst == skeleton.Reg(in.args[0]) {
			if v := def.consts[^def.args[0]]; v.k == vFunc {
				return m.releasesByNum(v.a)
			}
		}
	}
	if m.someReleases(len(in.args) - 1) {
		return releases{below: true, net: -1}
	}
	return releases{}
}

func (m *machine) releasesByNum(n int32) releases {
	fn := m.enter(n)
	if fn.src == nil {
		return releases{}
	}
	return m.releasesOf(fn)
}

// mayLetGo forgets the locks that goroutine i holds in objects of the
// environment when it calls a function value that came from there: it may be one
// that the program made, to release such a lock.
func (m *machine) mayLetGo(st *state, i int, fn value, args int) {
	if fn.k != vSym || !m.someReleases(args) {
		return
	}
	id := st.gs[i].id
	for n, o := range st.heap {
		if o.env&envAll == 0 {
			continue
		}
		for k, v := range o.cells {
			switch {
			case (v.k == vMutex || v.k == vRW) && v.a == id+1:
				v.a = 0
			case v.k == vRW && holdsList(v.parts(), id):
				v.p = without(v.parts(), id)
			default:
				continue
			}
			st.obj(int32(n)).cells[k] = v
		}
	}
}

// someReleases reports whether some function that the program uses as a value
// takes a number of arguments and unlocks what it has not locked.
func (m *machine) someReleases(args int) bool {
	known, ok := m.releasing[args]
	if !ok {
		m.releasing[args] = false // within its own computation
		known = slices.ContainsFunc(m.taken, func(n int32) bool {
			src := m.funcs[n].src
			return src != nil && len(src.Params) == args && m.releasesOf(m.enter(n)).below
		})
		m.releasing[args] = known
	}
	return known
}

// findTaken collects the functions of the program that are used as values.
func (p *Program) findTaken() {
	seen := map[int32]bool{}
	for _, f := range p.funcs {
		f.eachInstr(func(in *skeleton.Instr) {
			for k, a := range in.Args {
				called := k == 0 && in.Op != skeleton.Closure && (in.Op == skeleton.Call || in.Op == skeleton.Spawn || in.Op == skeleton.Defer)
				if n, ok := p.byName[a.S]; ok && a.Kind == skeleton.ArgFunc && !called && !seen[n] {
					seen[n] = true
					p.taken = append(p.taken, n)
				}
			}
		})
	}
}
