package lockset

import (
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Lock order. An edge says that a function acquires a lock of one class while
// it holds a lock of another. A cycle of edges is a deadlock if the functions
// can be at these points at once: no two of them hold a common further lock
// (a gate), they are not all run by one goroutine, none waits for the end of
// another first, and at each lock one of the two sides excludes the other. May: that the classes stand for the same
// objects on both sides is taken for granted, save for fresh objects, for
// locks behind pointers and in containers, and for classes of which a lock is
// locked under another, as the scopes of a tree: their objects have parts of
// their own. Cycles of up to maxCycle edges, among
// the first maxTried ways to go on.

// Bounds of the search.
const (
	maxEdges    = 4000
	maxCycle    = 4
	maxParallel = 6 // edges between the same two classes
	maxTried    = 200_000
)

type edge struct {
	fn       *ssa.Function
	at       ssa.Instruction
	from, to orderedLock
	held     Step
	chain    []Step
	gates    []string
}

type orderedLock struct {
	class  string
	name   string
	mode   Mode
	once   bool
	holder string // the type that embeds the one with the lock, "" if unknown
}

// order notes the edges of a direct acquisition.
func (f *frame) order(s *state, i ssa.Instruction, l int, m Mode, chain []Step, under []string) {
	f.orderTo(s, i, l, f.locks[l], m, chain, under, nil)
}

// orderTo notes an edge from each lock held to one that is acquired, here or
// by a callee.
func (f *frame) orderTo(s *state, i ssa.Instruction, l int, lk lock, m Mode, chain []Step, under, dropped []string) {
	if lk.once && l >= 0 && len(s.entries) == 0 {
		f.onceDone(l, i)
	}
	if !orderable(lk) || l >= 0 && f.fresh(lk.place) || len(f.pkg.edges) >= maxEdges {
		return
	}
	if e := s.find(l); l >= 0 && e != nil && (e.cur != 0 || e.lost) && !slices.Contains(dropped, lk.place.key()) {
		return // locked again: another finding
	}
	if lk.once && l >= 0 && f.onceDone(l, i) {
		return
	}
	if !f.pkg.isTest(f.fn) && f.layers(s, lk, under, dropped) {
		f.pkg.layered[lk.class] = true
	}
	for k := range s.entries {
		e := &s.entries[k]
		o := f.locks[e.lock]
		if e.cur == 0 || e.lost || e.ambiguous || !orderable(o) || f.fresh(o.place) {
			continue
		}
		if slices.Contains(dropped, o.place.key()) {
			continue // the callee releases it first
		}
		if c, ok := i.(ssa.CallInstruction); ok && f.isUsed(e.goesWith(), c.Common()) {
			continue // it may do so by way of the object that the lock goes with
		}
		if o.class == lk.class {
			f.pairOrder(s, i, o, e, lk, m, chain)
			continue
		}
		if l < 0 && f.pkg.isTest(f.fn) {
			continue // of which object is not known, and tests make several of a kind
		}
		gates := slices.Clone(under)
		for _, g := range s.entries {
			if g.lock != e.lock && g.cur != 0 && !g.lost && f.locks[g.lock].class != "" && !slices.Contains(dropped, f.locks[g.lock].place.key()) {
				gates = append(gates, f.locks[g.lock].class)
			}
		}
		f.pkg.edges = append(f.pkg.edges, edge{
			fn: f.fn, at: i, chain: chain, gates: gates, held: f.lockedStep(o, e),
			from: orderedLock{classKey(o), o.name, e.cur, o.once, holder(o)},
			to:   orderedLock{classKey(lk), lk.name, m, lk.once, holder(lk)},
		})
	}
}

// layers reports whether a lock is acquired right under another of its class.
func (f *frame) layers(s *state, lk lock, under, dropped []string) bool {
	other := func(class string) bool { return class != lk.class }
	held := append(f.classesHeld(s, dropped), under...)
	return len(held) > 0 && !slices.ContainsFunc(held, other)
}

// classesHeld returns the classes of the locks held in a state, but for those
// under the paths that are gone.
func (f *frame) classesHeld(s *state, gone []string) (classes []string) {
	for _, e := range s.entries {
		if l := f.locks[e.lock]; e.cur != 0 && !e.lost && l.class != "" && !slices.Contains(gone, l.place.key()) {
			classes = append(classes, l.class)
		}
	}
	return classes
}

// maxPending bounds the locks that an acquisition waits to be put in order with.
const maxPending = 4

// orderPending notes the edges from locks of a callee, now that the conditions
// are known under which it acquires another.
func (f *frame) orderPending(s *state, i ssa.Instruction, lk lock, m Mode, chain []Step, under, gone []string, pending []Held) {
	if !orderable(lk) || lk.once || len(pending) > maxPending {
		return
	}
	for _, h := range pending {
		class, once := strings.CutSuffix(h.Class, " once")
		if class == lk.class || !orderable(lock{class: class}) || len(f.pkg.edges) >= maxEdges {
			continue
		}
		gates := slices.DeleteFunc(append(slices.Clone(under), f.classesHeld(s, gone)...), func(g string) bool { return g == class })
		f.pkg.edges = append(f.pkg.edges, edge{
			fn: f.fn, at: i, chain: chain, gates: gates, held: h.Where,
			from: orderedLock{class: h.Class, name: h.Name, mode: h.Mode, once: once},
			to:   orderedLock{classKey(lk), lk.name, m, lk.once, holder(lk)},
		})
	}
}

// onceDone reports whether a sync.Once has been gone through on the way to an
// instruction: nobody waits for it any more.
func (f *frame) onceDone(l int, i ssa.Instruction) bool {
	for _, o := range f.onces[l] {
		if o != i && o.Block().Dominates(i.Block()) {
			return true
		}
	}
	if !slices.Contains(f.onces[l], i) {
		f.onces[l] = append(f.onces[l], i)
	}
	return false
}

func classKey(l lock) string {
	if l.once {
		return l.class + " once"
	}
	return l.class
}

// orderable reports whether a class stands for locks that can be told apart
// well enough: a lock behind a pointer may be shared with another class.
func orderable(l lock) bool {
	return l.class != "" && !strings.HasSuffix(l.class, "*") && !strings.Contains(l.class, "[]")
}

// pairOrder looks at two locks of one class: two objects whose order the
// caller chooses by the order of its arguments.
func (f *frame) pairOrder(s *state, i ssa.Instruction, a lock, e *entry, b lock, m Mode, chain []Step) {
	pa, okA := a.place.root.(*ssa.Parameter)
	pb, okB := b.place.root.(*ssa.Parameter)
	if !okA || !okB || pa == pb || a.place.steps != b.place.steps || m == Read && e.cur == Read ||
		!types.Identical(pa.Type(), pb.Type()) || len(s.entries) > 2 || f.compares(pa, pb) || !f.concurrent() || len(chain) > 1 {
		return
	}
	if !f.symmetric(pa, pb) {
		return
	}
	f.pkg.report(&Finding{
		Kind: Order, Pos: position(i), Lock: b.name, Other: a.name, At: e.at, Mode: m, HeldMode: e.cur,
		Held: []Step{f.lockedStep(a, e)}, Chain: chain, Arguments: true,
	}, b, f.fn)
}

// compares reports whether the function orders two parameters by comparing
// something of both.
func (f *frame) compares(a, b *ssa.Parameter) bool {
	ba, bb := f.base(a).key(), f.base(b).key()
	for _, blk := range f.fn.Blocks {
		for _, i := range blk.Instrs {
			c, ok := i.(*ssa.BinOp)
			if !ok || c.Op != token.LSS && c.Op != token.GTR && c.Op != token.LEQ && c.Op != token.GEQ {
				continue
			}
			x, y := f.atom(c.X, 0), f.atom(c.Y, 0)
			if strings.Contains(x, ba) && strings.Contains(y, bb) || strings.Contains(x, bb) && strings.Contains(y, ba) {
				return true
			}
			if strings.Contains(x, "%") && strings.Contains(y, "%") {
				return true // ids got by calls
			}
		}
	}
	return false
}

// symmetric reports whether a function that other packages can call changes
// both of its parameters: one that only reads the second has a direction, and
// its callers keep to it.
func (f *frame) symmetric(a, b *ssa.Parameter) bool {
	if f.fn.Object() == nil || !f.fn.Object().Exported() {
		return false
	}
	changes := func(p *ssa.Parameter) bool {
		base := f.base(p).key()
		for k := range f.rewritten {
			if strings.HasPrefix(k, base+".") {
				return true
			}
		}
		return false
	}
	return changes(a) && changes(b)
}

// judgeOrder looks for cycles among the edges.
func (p *pkg) judgeOrder() {
	entry := map[*ssa.Function][]string{}
	for k := range p.edges {
		e := &p.edges[k]
		for _, g := range append(p.heldAtEntry(e.fn, entry), p.frames[e.fn].heldToRelease(e.at)...) {
			if g != e.from.class && g != e.to.class {
				e.gates = append(e.gates, g)
			}
		}
	}
	byFrom := map[string][]int{}
	seen := map[string]bool{}
	pairs := map[string]int{}
	for k, e := range p.edges {
		if strings.HasPrefix(e.fn.Name(), "init") && e.fn.Signature.Recv() == nil {
			continue
		}
		key := e.from.class + "|" + e.to.class + "|" + e.from.holder + "|" + e.to.holder + "|" + e.fn.RelString(nil) + string(rune('0'+e.from.mode)) + string(rune('0'+e.to.mode)) + strings.Join(e.gates, ",")
		if seen[key] || p.layered[e.from.class] || p.layered[e.to.class] {
			continue
		}
		seen[key] = true
		if pairs[e.from.class+"|"+e.to.class]++; pairs[e.from.class+"|"+e.to.class] > maxParallel {
			continue
		}
		byFrom[e.from.class] = append(byFrom[e.from.class], k)
	}
	kept := slices.Concat(slices.Collect(maps.Values(byFrom))...)
	slices.Sort(kept)
	c := &cycleSearch{pkg: p, byFrom: byFrom, reported: map[string]bool{}}
	for _, k := range kept {
		c.extend([]int{k})
	}
}

// cycleSearch looks for cycles among the edges.
type cycleSearch struct {
	*pkg
	byFrom   map[string][]int // edges, by the class that is held
	reported map[string]bool
	tried    int // edges that a path was to go on with
}

// extend extends a path of edges and reports those that close.
func (p *cycleSearch) extend(path []int) {
	first, last := &p.edges[path[0]], &p.edges[path[len(path)-1]]
	for _, n := range p.byFrom[last.to.class] {
		if p.tried++; p.tried > maxTried {
			return
		}
		next := &p.edges[n]
		if slices.Contains(path, n) || last.to.apart(next.from) || !p.compatible(path, next) || last.to.mode != Write && next.from.mode != Write {
			continue
		}
		whole := append(slices.Clone(path), n)
		if next.to.class == first.from.class {
			if next.to.mode != Write && first.from.mode != Write || next.to.apart(first.from) {
				continue
			}
			p.reportCycle(whole, p.reported)
			continue
		}
		if len(whole) >= maxCycle || p.visits(path, next.to.class) {
			continue
		}
		p.extend(whole)
	}
}

func (p *pkg) visits(path []int, class string) bool {
	return slices.ContainsFunc(path, func(k int) bool { return p.edges[k].from.class == class || p.edges[k].to.class == class })
}

// compatible reports whether a goroutine can be at an edge while others are at
// those of a path: they hold no lock in common, and none is over before another
// begins.
func (p *pkg) compatible(path []int, next *edge) bool {
	for _, k := range path {
		e := &p.edges[k]
		if slices.ContainsFunc(e.gates, func(g string) bool { return slices.Contains(next.gates, g) || next.from.class == g }) {
			return false
		}
		if slices.Contains(next.gates, e.from.class) || p.after(e, next.fn) || p.after(next, e.fn) {
			return false
		}
	}
	return true
}

// staged reports whether some functions of a cycle are tests and some are not. A test
// that holds the locks of what it tests knows what else goes on meanwhile, and with
// which objects.
func (p *pkg) staged(fns []*ssa.Function) bool {
	tests := 0
	for _, fn := range fns {
		if p.isTest(fn) {
			tests++
		}
	}
	return 0 < tests && tests < len(fns)
}

// reportCycle reports a cycle once, at the edge that comes first in the
// package, and of the cycles that one function closes which takes lock after lock
// under another, the first.
func (p *pkg) reportCycle(path []int, reported map[string]bool) {
	classes := make([]string, len(path))
	fns := make([]*ssa.Function, len(path))
	start := 0
	for k, n := range path {
		classes[k] = p.edges[n].from.class
		fns[k] = p.edges[n].fn
		if position(p.edges[n].at) < position(p.edges[path[start]].at) {
			start = k
		}
	}
	slices.Sort(classes)
	key := strings.Join(classes, "|")
	if reported[key] || p.oneGoroutine(fns) || p.staged(fns) {
		return
	}
	reported[key] = true
	path = append(slices.Clone(path[start:]), path[:start]...)
	e := p.edges[path[0]]
	if len(path) == 2 {
		o := p.edges[path[1]]
		cause := o.fn.String() + " " + o.from.class
		if reported[cause] {
			return
		}
		reported[cause] = true
	}
	fd := &Finding{
		Kind: Order, Pos: position(e.at), Lock: e.to.name, Other: e.from.name, Mode: e.to.mode, HeldMode: e.from.mode,
		Held: []Step{e.held}, Chain: e.chain,
	}
	if len(e.chain) > 1 {
		fd.Callee = calleeOf(e.chain)
	} else if n := p.receiverAt(position(e.at)); n != "" {
		fd.Lock = n
	}
	if n := p.receiverAt(e.held.pos); n != "" {
		fd.Other = n
	}
	for _, n := range path[1:] {
		o := p.edges[n]
		fd.Others = append(fd.Others, append([]Step{o.held}, o.chain...))
		fd.Elsewhere = append(fd.Elsewhere, o.held)
	}
	p.report(fd, lock{class: e.to.class, name: e.to.name}, e.fn)
}
