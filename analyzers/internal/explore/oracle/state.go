package oracle

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// A state is everything at one moment. Goroutines and objects keep their
// numbers for ever; one that is done has no frames.
type state struct {
	gs      []*goroutine
	heap    []*object
	globals map[string]int
	ended   bool // the process is over
	cut     bool // what follows is not modelled

	// What was decided about unknown data, by the text of the symbol, and the
	// objects that stand behind symbols.
	known   map[string]value
	behind  map[string]int
	nextSym int
}

type goroutine struct {
	started skeleton.Pos
	frames  []*frame
	over    string // how it ends the process with its next step: crash or return
}

type frame struct {
	fn       *skeleton.Func
	block    int32
	pc       int
	regs     []value
	defers   []deferred
	deferred bool         // called by the defers of the frame below
	at       skeleton.Pos // of the defer statement
	unwind   *unwind      // the frame is left because of it, after its defers
}

type deferred struct {
	pos    skeleton.Pos
	callee value
	method string
	args   []value
}

// unwind is a panic or a Goexit under way. It is shared between copies of a
// state and never changed in place.
type unwind struct {
	value     value
	verdict   *Verdict        // the mistake that started it, if one did
	at        *skeleton.Instr // where that was made
	goexit    bool
	recovered bool
}

type object struct {
	kind  byte // 'c' cells, 'h' channel, 'm' map
	cells []value

	// Channels.
	cap    int64
	buf    []value
	closed bool
	timer  bool   // the environment will send
	env    string // what the environment may do: a subset of "src"
	links  []int  // channels that are cancelled with this one

	// Cells of the environment: those that are nil are unknown.
	unknown bool
	modes   map[int]byte // by cell, of steady places

	// Maps, in the order of insertion.
	keys, vals []value
}

func (s *state) clone() *state {
	c := *s
	c.globals = maps.Clone(s.globals)
	c.known = maps.Clone(s.known)
	c.behind = maps.Clone(s.behind)
	c.gs = make([]*goroutine, len(s.gs))
	for i, g := range s.gs {
		frames := make([]*frame, len(g.frames))
		for j, f := range g.frames {
			d := *f
			d.regs = slices.Clone(f.regs)
			d.defers = slices.Clone(f.defers)
			frames[j] = &d
		}
		c.gs[i] = &goroutine{started: g.started, frames: frames, over: g.over}
	}
	c.heap = make([]*object, len(s.heap))
	for i, o := range s.heap {
		d := *o
		d.cells = slices.Clone(o.cells)
		d.modes = maps.Clone(o.modes)
		d.buf = slices.Clone(o.buf)
		d.links = slices.Clone(o.links)
		d.keys = slices.Clone(o.keys)
		d.vals = slices.Clone(o.vals)
		c.heap[i] = &d
	}
	return &c
}

// key names the state. Objects are numbered in the order in which they are met
// from the goroutines on, so that what nobody refers to does not count.
func (s *state) key() string {
	var b strings.Builder
	number := map[int]int{}
	var order []int
	obj := func(o int) int {
		n, ok := number[o]
		if !ok {
			n = len(order)
			number[o] = n
			order = append(order, o)
		}
		return n
	}
	if s.ended {
		return "ended"
	}
	if s.cut {
		return "cut"
	}
	for _, g := range s.gs {
		b.WriteString("g:" + g.over)
		for _, f := range g.frames {
			f.text(&b, obj)
		}
		b.WriteString("\n")
	}
	for _, name := range slices.Sorted(maps.Keys(s.globals)) {
		fmt.Fprintf(&b, "%s=%d\n", name, obj(s.globals[name]))
	}
	for i := 0; i < len(order); i++ {
		s.heap[order[i]].text(&b, obj)
	}
	for _, k := range slices.Sorted(maps.Keys(s.known)) {
		fmt.Fprintf(&b, "%s=%s\n", k, sameText(s.known[k]))
	}
	for _, k := range slices.Sorted(maps.Keys(s.behind)) {
		fmt.Fprintf(&b, "%s->%d\n", k, obj(s.behind[k]))
	}
	return b.String()
}

func (f *frame) text(b *strings.Builder, obj func(int) int) {
	fmt.Fprintf(b, "%s b%d %d %t %d ", f.fn.Name, f.block, f.pc, f.deferred, f.at)
	for _, r := range f.regs {
		text(b, r, obj)
		b.WriteString(",")
	}
	for _, d := range f.defers {
		fmt.Fprintf(b, "defer %d %s ", d.pos, d.method)
		text(b, d.callee, obj)
		text(b, agg(d.args), obj)
	}
	if f.unwind != nil {
		fmt.Fprintf(b, "unwind %t %t %v ", f.unwind.goexit, f.unwind.recovered, f.unwind.verdict)
		text(b, f.unwind.value, obj)
	}
	b.WriteString(";")
}

func (o *object) text(b *strings.Builder, obj func(int) int) {
	fmt.Fprintf(b, "%c %d %t %t %s %t", o.kind, o.cap, o.closed, o.timer, o.env, o.unknown)
	for _, list := range [][]value{o.cells, o.buf, o.keys, o.vals} {
		text(b, agg(list), obj)
	}
	for _, l := range o.links {
		fmt.Fprintf(b, "link %d ", obj(l))
	}
	b.WriteString("\n")
}

func (s *state) newObject(o object) int {
	s.heap = append(s.heap, &o)
	return len(s.heap) - 1
}

func (g *goroutine) top() *frame { return g.frames[len(g.frames)-1] }

// instr is the instruction a frame stands before.
func (f *frame) instr() *skeleton.Instr { return &f.fn.Blocks[f.block][f.pc] }

// pos is where a user would say that the goroutine stands: frames of the
// library stand at their call, or at the statement that deferred it.
func (g *goroutine) pos() skeleton.Pos {
	for i := len(g.frames) - 1; i >= 0; i-- {
		switch f := g.frames[i]; {
		case !f.fn.Library:
			return f.instr().Pos
		case f.deferred && i > 0 && !g.frames[i-1].fn.Library:
			return f.at
		}
	}
	return 0
}
