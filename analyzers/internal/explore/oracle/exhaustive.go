package oracle

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Kind is what can go wrong with an operation.
type Kind uint8

// The kinds.
const (
	Stuck           Kind = iota // it blocks for ever
	SendClosed                  // a send on a closed channel
	CloseClosed                 // a channel closed twice
	CloseNil                    // a nil channel closed
	NegativeCounter             // a wait group below zero
	UnlockUnlocked              // an unlock of what is not locked
)

func (k Kind) String() string {
	return [...]string{"stuck", "send on closed", "close of closed", "close of nil", "negative counter", "unlock of unlocked"}[k]
}

// A Verdict is one thing that can go wrong, by its position in the skeleton.
type Verdict struct {
	Kind Kind
	Pos  skeleton.Pos
}

func (v Verdict) String() string { return fmt.Sprintf("%s @%d", v.Kind, v.Pos) }

// Result is what Exhaustive found.
//
// For a program that always ends by itself May and Must are equal. They differ
// where the end of the process, or a loop without end, keeps a stuck goroutine
// company: May holds each goroutine of a state from which it can never move
// again, Must only those left when nothing can move any more. Must holds the
// panics that happen though the process ends (main returns, another goroutine
// panics) as soon as it can, May also those that fall into its last moments.
type Result struct {
	May, Must []Verdict
	// Together lists the sets of goroutines that are left in the same state
	// when nothing can move any more, by the positions where they stand.
	Together [][]skeleton.Pos
	States   int
	// Incomplete tells why not all schedules were followed, "" if they were.
	Incomplete string
}

type node struct {
	state  *state
	next   []int
	movers map[int]bool // goroutines that can move here
	can    map[int]bool // goroutines that can move here or later
	free   bool         // the path is cut: anything may follow
}

// Exhaustive follows all schedules of the program, up to limit states.
func Exhaustive(prog *skeleton.Program, root Root, limit int) *Result {
	follow := func(prompt bool) (*Result, bool) {
		e := &exhaustive{prog: prog, root: root, limit: limit, prompt: prompt, index: map[string]int{}, panics: map[Verdict]bool{}}
		e.explore()
		_, ends := e.index[(&state{ended: true}).key()]
		return e.verdicts(), ends
	}
	res, ends := follow(true)
	if ends && res.Incomplete == "" {
		slow, _ := follow(false)
		res.May, res.Incomplete = slow.May, slow.Incomplete
		res.States = max(res.States, slow.States)
	}
	return res
}

type exhaustive struct {
	prog   *skeleton.Program
	root   Root
	limit  int
	prompt bool
	nodes  []*node
	index  map[string]int
	panics map[Verdict]bool
	res    Result
}

func (e *exhaustive) explore() {
	for _, s := range e.outcomes(nil, nil) {
		e.add(s)
	}
	for i := 0; i < len(e.nodes); i++ {
		if len(e.nodes) > e.limit {
			e.res.Incomplete = "too many states"
			return
		}
		n := e.nodes[i]
		var moves []Move
		if !e.guard(func() { moves = e.newRun(n.state, nil).moves() }) {
			return
		}
		for _, m := range moves {
			n.movers[m.Goroutine] = true
			if m.Partner >= 0 {
				n.movers[m.Partner] = true
			}
			for _, s := range e.outcomes(n.state, &m) {
				n.next = append(n.next, e.add(s))
			}
		}
	}
}

// outcomes gives the states after a move, one for each way to decide the
// unknown data it meets; without a move, the states at the start.
func (e *exhaustive) outcomes(s *state, m *Move) []*state {
	var list []*state
	choices, more := []int(nil), true
	for more {
		var r *run
		ok := e.guard(func() {
			if m == nil {
				r = e.newRun(newState(e.prog), choices)
				r.start()
				return
			}
			r = e.newRun(s.clone(), choices)
			r.apply(*m)
		})
		if !ok {
			return list
		}
		list = append(list, r.s)
		for _, v := range r.found {
			e.panics[v] = true
		}
		choices, more = next(r.choices, r.counts)
	}
	return list
}

func (e *exhaustive) newRun(s *state, choices []int) *run {
	return &run{prog: e.prog, root: e.root, s: s, choices: slices.Clone(choices), fuel: maxInstrs, prompt: e.prompt}
}

func (e *exhaustive) guard(f func()) (ok bool) {
	defer func() {
		if p := recover(); p != nil {
			a, isAbort := p.(abort)
			if !isAbort {
				panic(p)
			}
			e.res.Incomplete = a.reason
		}
	}()
	f()
	return true
}

func (e *exhaustive) add(s *state) int {
	key := s.key()
	if i, ok := e.index[key]; ok {
		return i
	}
	e.index[key] = len(e.nodes)
	e.nodes = append(e.nodes, &node{state: s, movers: map[int]bool{}, can: map[int]bool{}, free: s.cut})
	return len(e.nodes) - 1
}

// newState has the globals that the program names, and nothing else.
func newState(prog *skeleton.Program) *state {
	s := &state{globals: map[string]int{}, known: map[string]value{}, behind: map[string]int{}}
	see := func(a skeleton.Arg) {
		if _, ok := s.globals[a.S]; a.Kind == skeleton.ArgGlobal && !ok {
			s.globals[a.S] = s.newObject(object{kind: 'c', env: "src", unknown: true})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(prog.Funcs)) {
		for _, block := range prog.Funcs[name].Blocks {
			for _, in := range block {
				for _, a := range in.Args {
					see(a)
				}
				for _, c := range in.Cases {
					see(c.Chan)
					see(c.Val)
				}
			}
		}
	}
	return s
}

// start calls the root with unknown arguments.
func (r *run) start() {
	f := r.prog.Funcs[r.root.Func]
	if f == nil {
		panic(abort{"no root " + r.root.Func})
	}
	var args, caps []value
	for _, p := range f.Params {
		args = append(args, r.fresh(p.Layout))
	}
	for _, p := range f.Frees {
		caps = append(caps, r.fresh(p.Layout))
	}
	g := &goroutine{started: f.Pos}
	r.s.gs = append(r.s.gs, g)
	r.push(g, f, args, caps)
	r.advance(g)
	r.drain()
}

// verdicts computes who can move at or after each state, backwards until
// nothing changes, and collects who cannot.
func (e *exhaustive) verdicts() *Result {
	may, must := map[Verdict]bool{}, map[Verdict]bool{}
	together := map[string][]skeleton.Pos{}
	for changed := true; changed; {
		changed = false
		for i := len(e.nodes) - 1; i >= 0; i-- {
			n := e.nodes[i]
			before, wasFree := len(n.can), n.free
			maps.Copy(n.can, n.movers)
			for _, j := range n.next {
				maps.Copy(n.can, e.nodes[j].can)
				n.free = n.free || e.nodes[j].free
			}
			changed = changed || len(n.can) != before || n.free != wasFree
		}
	}
	for _, n := range e.nodes {
		if n.state.ended || n.free {
			continue
		}
		var left []skeleton.Pos
		for i, g := range n.state.gs {
			if len(g.frames) == 0 || n.can[i] {
				continue
			}
			in := g.top().instr()
			v := Verdict{Stuck, g.pos()}
			may[v] = true
			if means := in.Op == skeleton.Select && len(in.Cases) == 0; len(n.movers) == 0 && !means {
				must[v] = true
				left = append(left, v.Pos)
			}
		}
		if len(left) > 0 {
			slices.Sort(left)
			left = slices.Compact(left)
			together[fmt.Sprint(left)] = left
		}
	}
	for v := range e.panics {
		may[v], must[v] = true, true
	}
	e.res.May, e.res.Must = sorted(may), sorted(must)
	for _, k := range slices.Sorted(maps.Keys(together)) {
		e.res.Together = append(e.res.Together, together[k])
	}
	e.res.States = len(e.nodes)
	return &e.res
}

func sorted(set map[Verdict]bool) []Verdict {
	return slices.SortedFunc(maps.Keys(set), func(a, b Verdict) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Pos, b.Pos))
	})
}
