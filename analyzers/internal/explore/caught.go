package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// What calls of a function may do with an argument or with a variable that it
// caught. Unknown code that is given a function can call it and nothing else:
// of what the function caught it gets what the code does, to send on a channel,
// say, and not to close it.
//
// What it computes: may, for all that can be reached from a register at once,
// over the code of the function and of those it calls, without regard to order;
// the least fixpoint where functions call each other. Bound: maxUses functions
// and parameters behind one question. Beyond it anything may be done, and so it
// may by whoever stores the value, locks it, counts with it or hands it to code
// that is not known.

// The uses of a value: envSend, envRecv and envClose of channels, envCall of
// functions that it leads to, and envAll, which is anything. A value that the
// function returns is its caller's.
const usesAll = envSend | envRecv | envClose | envCall | envAll

// What usesOf notes beside the uses themselves.
const (
	usesKnown uint8 = 1 << 7
	usesAsked uint8 = 1 << 6 // so far, in the computation that is under way
)

// maxUses is how many functions and parameters one question may lead to.
const maxUses = 256

// usesOf are the uses of parameter or caught variable number r of a function: the
// least that agree with what the functions do that it hands the value to.
func (m *machine) usesOf(f *function, r int) uint8 {
	if f.src == nil || r >= len(f.src.Params)+len(f.src.Frees) {
		return usesAll
	}
	if f.uses == nil {
		f.uses = make([]uint8, len(f.src.Params)+len(f.src.Frees))
	}
	if f.uses[r]&(usesKnown|usesAsked) == 0 {
		f.uses[r] = usesAsked
		m.asked = append(m.asked, usesQuestion{f, r})
		if len(m.asked) == 1 {
			m.answerUses()
		}
	}
	return f.uses[r] & usesAll
}

// usesQuestion is what one call of usesOf asks.
type usesQuestion struct {
	f *function
	r int
}

// answerUses answers the first question, and those that it leads to with it.
func (m *machine) answerUses() {
	first := m.asked[0]
	for changed, round := true, 0; changed; round++ {
		changed = false
		for i := 0; i < len(m.asked) && len(m.asked) <= maxUses; i++ {
			q := m.asked[i]
			if round > 0 { // what was asked last depends on the fewest others
				q = m.asked[len(m.asked)-1-i]
			}
			had := q.f.uses[q.r]
			if had&envAll != 0 {
				continue
			}
			t := tracer{m: m, f: q.f, holds: make([]bool, q.f.regs), home: make([]bool, q.f.regs)}
			q.f.uses[q.r] |= t.trace(q.r)
			changed = changed || q.f.uses[q.r] != had
		}
		if len(m.asked) > maxUses || first.f.uses[first.r]&envAll != 0 {
			first.f.uses[first.r] = usesAll
			break
		}
	}
	whole := first.f.uses[first.r]&envAll == 0
	for _, q := range m.asked {
		switch uses := &q.f.uses[q.r]; {
		case whole || *uses&envAll != 0:
			*uses = *uses&usesAll | usesKnown
		default:
			*uses = 0 // not yet asked to the end
		}
	}
	m.asked = m.asked[:0]
}

// usesByNum is usesOf for a function given by number.
func (m *machine) usesByNum(n int32, r int) uint8 { return m.usesOf(m.enter(n), r) }

// tracer follows a value through the code of a function.
type tracer struct {
	m     *machine
	f     *function
	holds []bool // registers that lead to the value
	home  []bool // registers that are never anything but an address of the function's own memory
	uses  uint8
	grown bool
}

func (t *tracer) trace(from int) uint8 {
	t.findHome()
	t.holds[from] = true
	for t.grown = true; t.grown && t.uses&envAll == 0; {
		t.grown = false
		for i := 0; i < len(t.f.code) && t.uses&envAll == 0; i++ {
			t.follow(&t.f.code[i])
		}
	}
	if t.uses&envAll != 0 {
		return usesAll
	}
	return t.uses
}

// findHome finds the registers that hold addresses of variables of the function.
func (t *tracer) findHome() {
	for i := range t.f.code {
		if in := &t.f.code[i]; in.Op == skeleton.Alloc {
			t.home[in.Dst] = true
		}
	}
	for changed := true; changed; {
		changed = false
		for i := range t.f.code {
			in := &t.f.code[i]
			if (in.Op == skeleton.Field || in.Op == skeleton.Index) && in.args[0] >= 0 && t.home[in.args[0]] && !t.home[in.Dst] {
				t.home[in.Dst], changed = true, true
			}
		}
	}
	for i := range t.f.code {
		in := &t.f.code[i]
		own := in.Op == skeleton.Alloc || (in.Op == skeleton.Field || in.Op == skeleton.Index) && in.args[0] >= 0 && t.home[in.args[0]]
		if in.Dst != skeleton.NoReg && !own {
			t.home[in.Dst] = false
		}
	}
}

func (t *tracer) has(arg int32) bool { return arg >= 0 && t.holds[arg] }

func (t *tracer) hasAny(args []int32) bool {
	for _, a := range args {
		if t.has(a) {
			return true
		}
	}
	return false
}

func (t *tracer) reach(r skeleton.Reg) {
	if r != skeleton.NoReg && !t.holds[r] {
		t.holds[r], t.grown = true, true
	}
}

func (t *tracer) use(bits uint8) { t.uses |= bits }

// follow notes what one instruction does with the value.
func (t *tracer) follow(in *instr) {
	switch in.Op {
	case skeleton.Select:
		for i := range in.cases {
			c := &in.cases[i]
			switch {
			case c.Send && t.has(c.val):
				t.use(envAll)
			case c.Send && t.has(c.ch):
				t.use(envSend)
			case t.has(c.ch):
				t.use(envRecv)
				t.reach(in.Dst)
			}
		}
		return
	case skeleton.Call, skeleton.Spawn, skeleton.Defer:
		t.call(in)
		return
	}
	if !t.hasAny(in.args) {
		return
	}
	switch in.Op {
	case skeleton.Copy, skeleton.Field, skeleton.Elem, skeleton.Agg, skeleton.Iface, skeleton.Assert, skeleton.Assert2,
		skeleton.Load, skeleton.Index, skeleton.SliceAt, skeleton.Slice, skeleton.Append, skeleton.MapGet, skeleton.MapIter, skeleton.MapNext:
		t.reach(in.Dst)
	case skeleton.Bin, skeleton.Not, skeleton.Neg, skeleton.Len, skeleton.Cap, skeleton.Branch:
	case skeleton.Send:
		t.use(envSend)
		if t.has(in.args[1]) {
			t.use(envAll)
		}
	case skeleton.Recv, skeleton.Recv2:
		t.use(envRecv)
		t.reach(in.Dst)
	case skeleton.Close, skeleton.Cancel:
		t.use(envClose)
	case skeleton.Store:
		if to := in.args[0]; to < 0 || !t.home[to] {
			t.use(envAll)
		} else {
			t.reach(skeleton.Reg(to))
			t.reachBase(to)
		}
	case skeleton.Havoc:
		for k, a := range in.args {
			if t.has(a) {
				t.use(modeUses(argMode(in.Tag, k)))
			}
		}
	case skeleton.Closure:
		fn := in.consts[^in.args[0]]
		for k, a := range in.args[1:] {
			if t.has(a) {
				callee := t.m.enter(fn.a)
				if callee.src == nil {
					t.use(envAll)
				} else {
					t.use(t.m.usesOf(callee, len(callee.src.Params)+k))
				}
			}
		}
	default:
		t.use(envAll)
	}
}

// reachBase marks the variable that an address lies in.
func (t *tracer) reachBase(addr int32) {
	for i := range t.f.code {
		in := &t.f.code[i]
		if in.Dst == skeleton.Reg(addr) && (in.Op == skeleton.Field || in.Op == skeleton.Index) && in.args[0] >= 0 && !t.holds[in.args[0]] {
			t.reach(skeleton.Reg(in.args[0]))
			t.reachBase(in.args[0])
		}
	}
}

// call notes what a callee does with the value.
func (t *tracer) call(in *instr) {
	fn, args := in.args[0], in.args[1:]
	if !t.has(fn) && !t.hasAny(args) {
		return
	}
	t.reach(in.Dst)
	if in.Method != "" {
		t.method(in)
		return
	}
	var callee *function
	if fn < 0 && in.consts[^fn].k == vFunc {
		callee = t.m.enter(in.consts[^fn].a)
	} else if fn >= 0 && !t.has(fn) {
		callee = t.made(fn)
	}
	if t.has(fn) {
		t.use(envCall)
	}
	for k, a := range args {
		switch {
		case !t.has(a):
		case callee != nil && callee.src != nil:
			t.use(t.m.usesOf(callee, k))
		case callee != nil:
			t.use(modeUses(argMode(in.Tag, k+1)))
		default:
			t.use(envAll)
		}
	}
}

// made is the function of a closure that only one instruction makes, nil if there are more.
func (t *tracer) made(r int32) *function {
	var fn *function
	for i := range t.f.code {
		in := &t.f.code[i]
		if in.Dst != skeleton.Reg(r) {
			continue
		}
		if in.Op != skeleton.Closure || fn != nil {
			return nil
		}
		fn = t.m.enter(in.consts[^in.args[0]].a)
	}
	return fn
}

// method notes what any method of a name does: the value's type may be each.
func (t *tracer) method(in *instr) {
	found := false
	for _, typ := range t.m.types {
		if typ == nil || typ.Methods[in.Method] == "" {
			continue
		}
		found = true
		n := t.m.funcNum(typ.Methods[in.Method])
		for k, a := range in.args {
			if t.has(a) {
				t.use(t.m.usesByNum(n, k))
			}
		}
	}
	if !found || t.hasAny(in.args[1:]) {
		t.use(envAll)
	}
}

// modeUses are the uses that a mode of escape allows.
func modeUses(mode byte) uint8 {
	switch mode {
	case skeleton.EscapeNone:
		return 0
	case skeleton.EscapeRecv:
		return envRecv
	case skeleton.EscapeSend:
		return envSend | envClose
	}
	return usesAll
}
