package oracle

import (
	"slices"
	"strings"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Root is the function at which exploration starts. When that of kind Main
// returns the process ends; other roots have a caller that lives on.
type Root struct {
	Func string
	Main bool
}

// maxInstrs bounds the instructions of one step, maxHeap, maxFrames and
// maxSlice what a state may hold.
const (
	maxInstrs = 10_000
	maxHeap   = 3_000
	maxFrames = 60
	maxSlice  = 400
)

// A run makes one step in one state. Unknown data is decided as choices say;
// counts tells how many ways there were at each decision, so that the caller
// can try the others.
type run struct {
	prog    *skeleton.Program
	root    Root
	s       *state
	choices []int
	counts  []int
	fuel    int
	found   []Verdict
	failed  []*skeleton.Instr // the operations that these are about
	prompt  bool              // starting a goroutine and the end of the process are no steps of their own
	pending []*goroutine      // started, and still to be taken to their first visible operation

	// What a schedule wants decided, by the instruction that asks, and how much of
	// it was. Where nothing is wanted all ways are alike.
	wanted map[*skeleton.Instr][]string
	used   map[*skeleton.Instr]int
	at     *skeleton.Instr // what is under way
}

// abort ends a run that leads out of what the oracle can follow.
type abort struct{ reason string }

func (r *run) choose(n int) int {
	i := len(r.counts)
	if i == len(r.choices) {
		r.choices = append(r.choices, 0)
	}
	r.counts = append(r.counts, n)
	return r.choices[i]
}

// chooseOf is choose between values; what the schedule wants comes first.
func (r *run) chooseOf(vals ...string) int {
	first := slices.Index(vals, r.want())
	n := r.choose(len(vals))
	switch {
	case first < 0:
		return n
	case n == 0:
		r.used[r.at]++
		return first
	case n <= first:
		return n - 1
	}
	return n
}

// want is the value that the schedule wants next, "" if it wants none.
func (r *run) want() string {
	if list, n := r.wanted[r.at], r.used[r.at]; n < len(list) {
		return list[n]
	}
	return ""
}

// next moves choices on to the next combination, and reports whether there is one.
func next(choices, counts []int) ([]int, bool) {
	for i := len(counts) - 1; i >= 0; i-- {
		if choices[i]+1 < counts[i] {
			c := slices.Clone(choices[:i+1])
			c[i]++
			return c, true
		}
	}
	return nil, false
}

// visible reports whether other goroutines can notice op, or be noticed by it.
// Everything else is done together with the visible operation before it.
func visible(op skeleton.Op) bool {
	switch op {
	case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select, skeleton.Close, skeleton.Cancel,
		skeleton.Lock, skeleton.Unlock, skeleton.RLock, skeleton.RUnlock, skeleton.TryLock, skeleton.TryRLock,
		skeleton.WgAdd, skeleton.WgWait, skeleton.CondAdd, skeleton.CondPark, skeleton.Signal, skeleton.Broadcast,
		skeleton.Yield, skeleton.Spawn, skeleton.Exit:
		return true
	}
	return false
}

// advance takes the goroutine to its next visible operation or its end.
func (r *run) advance(g *goroutine) {
	for !r.s.ended && !r.s.cut && r.micro(g) {
		r.burn()
		if len(r.s.heap) > maxHeap || len(g.frames) > maxFrames {
			panic(abort{"a state is too large"})
		}
	}
	if r.prompt && g.over != "" {
		r.s.ended = true
	}
}

// burn counts an instruction, or a decision on the way to one.
func (r *run) burn() {
	if r.fuel--; r.fuel < 0 {
		panic(abort{"a step has too many instructions"})
	}
}

func (r *run) micro(g *goroutine) bool {
	if g.over != "" || len(g.frames) == 0 {
		return false
	}
	f := g.top()
	if f.unwind != nil {
		r.unwindOne(g, f)
		return true
	}
	in := f.instr()
	if r.prompt && in.Op == skeleton.Exit {
		r.s.ended = true
		return false
	}
	if r.prompt && in.Op == skeleton.Spawn {
		r.spawn(g, f, in)
		return true
	}
	if visible(in.Op) {
		return false
	}
	r.at = in
	r.exec(g, f, in)
	return true
}

// unwindOne runs the next deferred call of a frame that is being left, or
// leaves it.
func (r *run) unwindOne(g *goroutine, f *frame) {
	if n := len(f.defers); n > 0 {
		d := f.defers[n-1]
		f.defers = f.defers[:n-1]
		r.callDeferred(g, d)
		return
	}
	u := f.unwind
	if u.recovered {
		f.unwind = nil
		if f.fn.Recover >= 0 {
			f.block, f.pc = f.fn.Recover, 0
			return
		}
		r.ret(g, r.zeroResults(f.fn))
		return
	}
	g.frames = g.frames[:len(g.frames)-1]
	switch {
	case len(g.frames) > 0:
		// A panic in a deferred function hides the one that ran it, which
		// stays the cause.
		if old := g.top().unwind; old != nil && !old.recovered && old.verdict != nil {
			u = &unwind{value: u.value, verdict: old.verdict, at: old.at}
		}
		g.top().unwind = u
	case !u.goexit:
		g.over = "crash"
		if u.verdict != nil {
			r.note(*u.verdict, u.at)
		}
	}
}

func (r *run) note(v Verdict, at *skeleton.Instr) {
	r.found = append(r.found, v)
	r.failed = append(r.failed, at)
}

func (r *run) zeroResults(f *skeleton.Func) []value {
	var cells []value
	for _, layout := range f.Results {
		layout, _, _ = strings.Cut(layout, ":")
		cells = append(cells, flat(zero(layout))...)
	}
	return cells
}

// throw starts a panic in the top frame.
func (r *run) throw(g *goroutine, v value) {
	g.top().unwind = &unwind{value: v}
}

func (r *run) throwRuntime(g *goroutine) { r.throw(g, iface{tag: "runtime.Error", v: ""}) }

// push starts a call of a known function.
func (r *run) push(g *goroutine, f *skeleton.Func, args, caps []value) *frame {
	regs := make([]value, f.Regs)
	copy(regs, args[:min(len(args), len(f.Params))])
	copy(regs[min(len(f.Params), len(regs)):], caps)
	g.frames = append(g.frames, &frame{fn: f, regs: regs})
	return g.top()
}

// call enters what callee stands for; the instruction is still the frame's. A
// function that is not known is the environment's: it gets the arguments.
func (r *run) call(g *goroutine, callee value, method string, args []value) {
	f, args, caps, isNil := r.resolve(callee, method, args)
	switch {
	case isNil:
		r.throwRuntime(g)
	case f != nil:
		r.push(g, f, args, caps)
	default:
		r.escapeAll(args, caps)
		top := g.top()
		in := top.instr()
		if in.Dst != skeleton.NoReg {
			top.regs[in.Dst] = r.fresh(in.Layout)
		}
		top.pc++
	}
}

// callDeferred enters a deferred call, for whose result nobody waits.
func (r *run) callDeferred(g *goroutine, d deferred) {
	f, args, caps, isNil := r.resolve(d.callee, d.method, d.args)
	switch {
	case isNil:
		r.throwRuntime(g)
	case f != nil:
		fr := r.push(g, f, args, caps)
		fr.deferred, fr.at = true, d.pos
	default:
		r.escapeAll(args, caps)
	}
}

func (r *run) escapeAll(args, caps []value) {
	for _, a := range append(slices.Clone(args), caps...) {
		r.escape(a, skeleton.EscapeAll)
	}
}

func (r *run) resolve(callee value, method string, args []value) (f *skeleton.Func, all, caps []value, isNil bool) {
	callee = r.resolved(callee)
	if method != "" {
		switch v := callee.(type) {
		case null:
			return nil, nil, nil, true
		case iface:
			name := method
			if t := r.prog.Types[v.tag]; t != nil && t.Methods[method] != "" {
				name = t.Methods[method]
			}
			return r.prog.Funcs[name], append([]value{v.v}, args...), nil, false
		}
		return nil, append([]value{callee}, args...), nil, false
	}
	switch v := callee.(type) {
	case null:
		return nil, nil, nil, true
	case fn:
		return r.prog.Funcs[v.name], args, v.caps, false
	}
	return nil, args, []value{callee}, false
}

// ret leaves the top frame with the given result cells.
func (r *run) ret(g *goroutine, cells []value) {
	f := g.top()
	g.frames = g.frames[:len(g.frames)-1]
	if len(g.frames) == 0 {
		if r.root.Main && g == r.s.gs[0] {
			g.over = "return"
		} else if g == r.s.gs[0] {
			r.escapeResults(f.fn, cells)
		}
		return
	}
	if f.deferred {
		return
	}
	below := g.top()
	in := below.instr()
	if in.Dst != skeleton.NoReg {
		below.regs[in.Dst] = bare(cells)
	}
	below.pc++
}

func (r *run) arg(f *frame, a skeleton.Arg) value {
	switch a.Kind {
	case skeleton.ArgReg:
		v := f.regs[a.N]
		if v == nil {
			return null{}
		}
		return r.resolved(v)
	case skeleton.ArgGlobal:
		return ref{obj: r.s.globals[a.S]}
	}
	return constant(a)
}

func (r *run) args(f *frame, list []skeleton.Arg) []value {
	vals := make([]value, len(list))
	for i, a := range list {
		vals[i] = r.arg(f, a)
	}
	return vals
}
