package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// nowhere is where a root returned, if its return has no position.
const nowhere skeleton.Pos = -1

// state is one state of the exploration: goroutines, heap, and what is decided
// about symbols. States share structure: everything that carries an owner is
// copied before the first write by another state (copy on write).
type state struct {
	owner   uint32
	pool    *pool
	gs      []*goroutine
	heap    []*object
	syms    []symbol
	globals []int32 // object of each global, -1 if not yet touched
	nextG   int32
	left    skeleton.Pos // where the root returned, 0 if it did not, nowhere if that has no position
	packed  int          // objects and symbols that the last compaction left
	astray  bool         // which locks are held is not known for sure, see noteAstray
}

// goroutine is a stack of frames, outermost first.
type goroutine struct {
	owner     uint32
	id        int32
	root      bool
	once      bool   // started below a sync.Once, or by what runs once in a process
	announced bool   // a writer that waits for readers to leave: no new reader gets in
	parked    bool   // it has come to the channel operation that it stands at, see park
	crash     *crash // the panic of concurrency that is unwinding it
	frames    []*frame
	fn        int32        // function it was started with
	started   skeleton.Pos // of the go statement, or of the call in the package that leads there
	spawned   skeleton.Pos // of the go statement
	born      []Frame      // the stack at the go statement, innermost first, then that of the goroutine before
	call      string       // the library call that it is part of, in the user's words, if it is to blame for it
}

// mode of a frame.
const (
	running uint8 = iota
	panicking
	goexiting
)

type frame struct {
	owner     uint32
	fn        *function
	pc        int32
	regs      []value
	defers    []deferred
	mode      uint8
	recovered bool
	deferring bool   // a deferred function runs on top
	by        *instr // the defer statement that it was called by, nil if it is no deferred function
}

type deferred struct {
	fn   value
	args []value
	in   *instr
}

// objKind tells the objects apart.
type objKind uint8

const (
	oCells objKind = iota
	oChan
	oMap
	oIter
)

// What the environment may do to an object.
const (
	envSend  uint8 = 1 << iota // to a channel: send
	envRecv                    // receive
	envClose                   // close
	envAll                     // it can reach the object and do anything to it
	envNear                    // it can reach the channel: who waits there is not stuck
	envCall                    // it can call the functions that the object leads to
	envHeld                    // what is stored here is its own, but it does not store here itself
)

type object struct {
	owner   uint32
	kind    objKind
	env     uint8
	closed  bool
	assumed bool // it is closed, as it seems, by the environment
	shut    bool // nobody sends to the channel: who receives finds it closed
	timer   bool // a channel on which time sends
	doomed  bool // a goroutine that is stuck for ever could have helped here
	sparse  bool // cells of the environment: offs[i] is the offset of cells[i]
	cap     int32
	cells   []value // cells; buffer; key, value cells of a map's entries in turn
	offs    []int32
	places  []int32 // of the cells, nil if all are open; shared unless sparse
	links   []int32 // channels that are cancelled with this one
	width   int32   // of a map's values
	made    skeleton.Pos
	sized   []string // the lengths that a channel's capacity was computed from
	chosen  bool     // a channel's capacity was unknown where it was made
	name    string
}

func (st *state) clone(owner uint32) *state {
	c := st.pool.state()
	gs, heap, syms, globals := c.gs[:0], c.heap[:0], c.syms[:0], c.globals[:0]
	*c = *st
	c.owner = owner
	c.gs = append(gs, st.gs...)
	c.heap = append(withRoom(heap, len(st.heap)), st.heap...)
	c.syms = append(withRoom(syms, len(st.syms)), st.syms...)
	c.globals = append(globals, st.globals...)
	return c
}

// withRoom returns an empty slice with room for n elements and some that follow.
func withRoom[T any](s []T, n int) []T {
	if cap(s) >= n {
		return s
	}
	return make([]T, 0, n+n/4+4)
}

// own returns goroutine number i (an index, not an id) for writing.
func (st *state) own(i int) *goroutine {
	g := st.gs[i]
	if g.owner == st.owner {
		return g
	}
	c := st.pool.goroutine()
	frames := c.frames[:0]
	*c = *g
	c.owner = st.owner
	c.frames = append(frames, g.frames...)
	st.gs[i] = c
	return c
}

// top returns the innermost frame of goroutine i for writing.
func (st *state) top(i int) *frame {
	g := st.own(i)
	return g.frame(st, len(g.frames)-1)
}

func (g *goroutine) frame(st *state, n int) *frame {
	f := g.frames[n]
	if f.owner == st.owner {
		return f
	}
	c := st.pool.frame(len(f.regs))
	regs := c.regs
	*c = *f
	c.owner = st.owner
	c.regs = append(regs, f.regs...)
	c.defers = append([]deferred(nil), f.defers...)
	g.frames[n] = c
	return c
}

// peek returns the innermost frame of goroutine i for reading.
func (st *state) peek(i int) *frame {
	g := st.gs[i]
	return g.frames[len(g.frames)-1]
}

func (st *state) index(id int32) int {
	for i, g := range st.gs {
		if g.id == id {
			return i
		}
	}
	return -1
}

// obj returns object n for writing.
func (st *state) obj(n int32) *object {
	o := st.heap[n]
	if o.owner == st.owner {
		return o
	}
	c := st.pool.object()
	cells, offs, links := c.cells[:0], c.offs[:0], c.links[:0]
	var places []int32
	if c.sparse {
		places = c.places[:0]
	}
	*c = *o
	c.owner = st.owner
	c.cells = append(cells, o.cells...)
	c.offs = append(offs, o.offs...)
	if o.sparse {
		c.places = append(places, o.places...)
	}
	c.links = append(links, o.links...)
	st.heap[n] = c
	return c
}

func (st *state) newObject(o object) int32 {
	o.owner = st.owner
	st.heap = append(st.heap, &o)
	return int32(len(st.heap) - 1)
}

func (st *state) remove(i int) {
	st.gs = append(st.gs[:i], st.gs[i+1:]...)
}

// get reads the cell at off: vUnset if it is beyond the object, or a cell of
// the environment that was not read yet.
func (o *object) get(off int32) value {
	if !o.sparse {
		if off < 0 || int(off) >= len(o.cells) {
			return value{}
		}
		return o.cells[off]
	}
	for i, at := range o.offs {
		if at == off {
			return o.cells[i]
		}
	}
	return value{}
}

// set writes a cell of an object that is owned by the state. The place counts
// for cells of the environment, others have theirs from the beginning.
func (o *object) set(off int32, v value, place int32) {
	if !o.sparse {
		if off >= 0 && int(off) < len(o.cells) {
			o.cells[off] = v
		}
		return
	}
	i := 0
	for i < len(o.offs) && o.offs[i] < off {
		i++
	}
	if i < len(o.offs) && o.offs[i] == off {
		o.cells[i] = v
		if o.places[i] != place {
			o.places[i] = 0
		}
		return
	}
	o.offs = slices.Insert(o.offs, i, off)
	o.cells = slices.Insert(o.cells, i, v)
	o.places = slices.Insert(o.places, i, place)
}

// place is the place of cell number i, 0 if it is open.
func (o *object) place(i int) int32 {
	if i < len(o.places) {
		return o.places[i]
	}
	return 0
}
