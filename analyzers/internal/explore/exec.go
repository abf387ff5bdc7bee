package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// outcome is how a run of invisible instructions ended.
type outcome uint8

const (
	goOn     outcome = iota // not yet
	atRest                  // the goroutine stands at a visible operation
	asking                  // data must be decided before the next instruction
	finished                // the goroutine has ended and is removed
	cut                     // the path is not followed
	exited                  // the process has ended
)

// machine runs instructions. One serves a whole search.
type machine struct {
	*Program
	lim     Limits
	root    Root
	entered map[*function]bool
	gave    bool                  // a function of the program was given to one that is not in it
	over    map[skeleton.Pos]bool // where goroutines were started that have returned, on some path
	bound   string
	work    int // instructions run and cells copied
	// panicked is the crash that ended the process in the last run, nil if none did.
	panicked *crash
	ended    bool           // the process ended in the last step, on some path
	drained  bool           // the last goroutine ended, on some path
	returned bool           // the root returned, on some path
	asked    []usesQuestion // by the call of usesOf that is under way
	further  bool           // a Client root makes its further calls
	escaping []int32        // objects that the call of escape that is under way has met
}

// crash is a panic of concurrency (or an unlock of an unlocked mutex).
type crash struct {
	kind     Kind
	g        Goroutine
	at       *instr
	deferred bool // by a deferred call
}

// run counts what one advance has used.
type run struct {
	instrs  int
	asked   int
	started int // goroutines, by all that ran in this step
}

// pauseAfter is how many decisions a goroutine takes in one run before it
// rests at a branch, so that loops over unknown data meet the visited states.
const pauseAfter = 64

func (m *machine) hit(bound string) outcome {
	if m.bound == "" {
		m.bound = bound
	}
	return cut
}

// advance runs goroutine id until it rests, ends, or needs a decision. It
// repeats the instruction that asked when called again.
func (m *machine) advance(st *state, id int32, r *run) (outcome, *ask) {
	for {
		i := st.index(id)
		if i < 0 {
			return finished, nil
		}
		f := st.peek(i)
		if f.mode != running {
			if out := m.unwind(st, i); out != goOn {
				return out, nil
			}
			continue
		}
		in := &f.fn.code[f.pc]
		if visible(in.Op) || m.observable(st, i, in) {
			return atRest, nil
		}
		if in.Op == skeleton.Branch && r.asked >= pauseAfter {
			return atRest, nil
		}
		if in.Op == skeleton.Spawn && (len(st.gs) >= m.lim.Goroutines || r.instrs > 0 && crowded(st, in)) {
			return atRest, nil
		}
		m.work++
		if r.instrs++; r.instrs > m.lim.Run {
			return m.hit("run"), nil
		}
		before := len(st.syms)
		out, a := m.step(st, i, in)
		if f.fn.src.Library && (in.Op == skeleton.Call || in.Op == skeleton.Sym && m.root.Kind != Client) {
			st.outcomes(before) // of what the library does; what clients pass is theirs
		}
		if a != nil {
			r.asked++
			return asking, a
		}
		if out != goOn {
			return out, nil
		}
	}
}

// crowdAt is how many goroutines a go statement starts in one go.
const crowdAt = 4

// crowded reports whether a go statement has several goroutines running: their
// turn comes before more are started, so that a loop which starts many does not
// fill the state before the first has taken a step.
func crowded(st *state, in *instr) bool {
	n := 0
	for _, g := range st.gs {
		if g.spawned == in.Pos {
			n++
		}
	}
	return n >= crowdAt
}

// visible reports whether op interleaves with other goroutines.
func visible(op skeleton.Op) bool {
	switch op {
	case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select, skeleton.Close, skeleton.Cancel,
		skeleton.Lock, skeleton.RLock, skeleton.TryLock, skeleton.TryRLock, skeleton.WgWait,
		skeleton.CondAdd, skeleton.CondPark, skeleton.Signal, skeleton.Broadcast, skeleton.Yield:
		return true
	}
	return false
}

// raw evaluates an operand without resolving symbols.
func (m *machine) raw(st *state, f *frame, in *instr, a int32) value {
	if a >= 0 {
		return f.regs[a]
	}
	v := in.consts[^a]
	if v.k == vGlobal {
		return m.global(st, v.a)
	}
	return v
}

func (m *machine) val(st *state, f *frame, in *instr, a int32) value {
	return st.resolve(m.raw(st, f, in, a))
}

// global is the address of a global: an object of the environment, made when
// it is first used.
func (m *machine) global(st *state, n int32) value {
	for int(n) >= len(st.globals) {
		st.globals = append(st.globals, -1)
	}
	if st.globals[n] < 0 {
		st.globals[n] = st.newObject(object{kind: oCells, env: envAll, sparse: true, name: m.gNames[n]})
	}
	return refValue(st.globals[n], 0)
}

// address turns a pointer into a reference; a symbol becomes an object of the
// environment. ok is false for nil.
func (m *machine) address(st *state, v value, in *instr) (value, bool) {
	v = st.resolve(v)
	switch v.k {
	case vRef:
		return v, true
	case vSym:
		ref := refValue(st.newObject(object{kind: oCells, env: envAll, sparse: true, name: in.Name}), 0)
		st.syms[v.a].bound = ref
		return ref, true
	}
	return v, false
}

func (st *state) setReg(i int, in *instr, v value) {
	f := st.top(i)
	if in.Dst != skeleton.NoReg {
		f.regs[in.Dst] = v
	}
	f.pc++
}

// step executes one invisible instruction of goroutine number i.
func (m *machine) step(st *state, i int, in *instr) (outcome, *ask) {
	f := st.peek(i)
	arg := func(n int) value { return m.val(st, f, in, in.args[n]) }
	done := func(v value) (outcome, *ask) {
		st.setReg(i, in, v)
		return goOn, nil
	}
	switch in.Op {
	case skeleton.Copy:
		return done(m.raw(st, f, in, in.args[0]))
	case skeleton.Sym:
		if len(in.args) > 0 && len(in.Layout) == 1 {
			return done(st.expr(in.Layout[0], opSame, 0, arg(0), value{}, in))
		}
		return done(st.fresh(in.Layout, in))
	case skeleton.FreshCount:
		return done(st.newSym('u', in))
	case skeleton.Bin:
		return m.binary(st, i, in)
	case skeleton.Not:
		return done(st.not(arg(0), in))
	case skeleton.Neg:
		v := arg(0)
		if v.k == vInt {
			return done(intValue(int(-v.a)))
		}
		return done(st.expr('i', opNeg, 0, v, value{}, in))
	case skeleton.Agg:
		var cells []value
		for _, a := range in.args {
			v := m.raw(st, f, in, a)
			if v.k == vAgg {
				cells = append(cells, v.parts()...)
			} else {
				cells = append(cells, v)
			}
		}
		return done(aggValue(cells))
	case skeleton.Elem:
		return done(elem(st, arg(0), int(in.N), int(in.M), in))
	case skeleton.Closure:
		v := m.raw(st, f, in, in.args[0])
		caught := make([]value, 0, len(in.args)-1)
		for _, a := range in.args[1:] {
			caught = append(caught, m.raw(st, f, in, a))
		}
		v.p = &caught
		return done(v)
	case skeleton.Iface:
		inner := []value{m.raw(st, f, in, in.args[0])}
		return done(value{k: vIface, a: in.tag, b: in.N, p: &inner})
	case skeleton.Assert, skeleton.Assert2:
		return m.assert(st, i, in, arg(0))
	case skeleton.Alloc:
		cells := make([]value, len(in.Layout))
		for n := range cells {
			cells[n] = zeroCell(in.Layout[n])
		}
		if len(st.heap) >= 4*m.lim.Objects {
			return m.hit("objects"), nil
		}
		return done(refValue(st.newObject(object{kind: oCells, cells: cells, places: in.places, made: m.where(st, i, in), name: in.Name}), 0))
	case skeleton.Field:
		v, ok := m.address(st, arg(0), in)
		if !ok {
			return cut, nil
		}
		v.b += in.N
		return done(v)
	case skeleton.Index:
		at := arg(1)
		if a := st.wantInt(at, int(in.N)); a != nil {
			return goOn, a
		}
		v, ok := m.address(st, arg(0), in)
		if !ok || at.k != vInt || at.a < 0 || (in.N > 0 && at.a >= in.N) {
			return cut, nil
		}
		v.b += at.a * max(in.M, 1)
		return done(v)
	case skeleton.Load:
		v, ok := m.address(st, arg(0), in)
		if !ok {
			return cut, nil
		}
		c := m.load(st, v, in.Layout, in)
		switch in.Tag {
		case skeleton.Closing:
			st.nobodySends(c)
		case skeleton.There:
			st.notNil(c)
		}
		return done(c)
	case skeleton.Store:
		v, ok := m.address(st, arg(0), in)
		if !ok {
			return cut, nil
		}
		m.store(st, v, m.raw(st, f, in, in.args[1]), max(len(in.Layout), 1), in)
		st.top(i).pc++
		return goOn, nil
	case skeleton.EnvChan:
		timer := in.Tag == "timer" || in.Tag == "ticker"
		return done(refValue(st.newObject(object{kind: oChan, env: envSend, timer: timer, made: m.where(st, i, in), name: in.Name}), 0))
	case skeleton.MakeChan:
		c := arg(0)
		if a := st.wantInt(c); a != nil {
			return goOn, a
		}
		if c.k != vInt || c.a < 0 {
			return cut, nil
		}
		size := m.raw(st, f, in, in.args[0])
		return done(refValue(st.newObject(object{kind: oChan, cap: c.a, made: m.where(st, i, in), name: in.Name, sized: m.sizing(st, size), chosen: size.k == vSym}), 0))
	case skeleton.Link:
		m.link2(st, arg(0), arg(1))
		st.top(i).pc++
		return goOn, nil
	case skeleton.Mark:
		if c := arg(0); c.k == vRef && st.heap[c.a].kind == oChan && st.heap[c.a].env&envAll == 0 {
			st.obj(c.a).env = markBits(in.Tag) | st.heap[c.a].env&envNear
		}
		st.top(i).pc++
		return goOn, nil
	case skeleton.Unlock, skeleton.RUnlock:
		return m.unlock(st, i, in, arg(0)), nil
	case skeleton.WgAdd:
		return m.wgAdd(st, i, in, arg(0), arg(1))
	case skeleton.Jump:
		st.top(i).pc = in.then
		return goOn, nil
	case skeleton.Branch:
		c := arg(0)
		if a := st.wantBool(c); a != nil {
			return goOn, a
		}
		to := in.els
		if c = st.resolve(c); c.k == vBool && c.a != 0 {
			to = in.then
		}
		st.top(i).pc = to
		return goOn, nil
	case skeleton.Exit:
		return exited, nil
	case skeleton.Stop:
		return cut, nil
	case skeleton.MakeSlice, skeleton.SliceAt, skeleton.Slice, skeleton.Append, skeleton.CopySlice, skeleton.Len, skeleton.Cap:
		return m.slice(st, i, in)
	case skeleton.MakeMap, skeleton.MapGet, skeleton.MapSet, skeleton.MapDel, skeleton.MapIter, skeleton.MapNext:
		return m.mapOp(st, i, in)
	}
	return m.control(st, i, in)
}

func markBits(tag string) uint8 {
	var bits uint8
	for _, c := range tag {
		switch c {
		case 's':
			bits |= envSend
		case 'r':
			bits |= envRecv
		case 'c':
			bits |= envClose
		}
	}
	return bits
}

// elem picks cells out of an aggregate; of an unknown aggregate nothing is known.
func elem(st *state, v value, n, m int, in *instr) value {
	cells := v.parts()
	if v.k != vAgg {
		if n == 0 && m == 1 {
			return v
		}
		cells = nil
	}
	if n+m > len(cells) {
		unknown := make([]value, m)
		for i := range unknown {
			unknown[i] = st.newSym('p', in)
		}
		return fromCells(unknown)
	}
	return fromCells(cells[n : n+m])
}
