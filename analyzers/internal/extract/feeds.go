package extract

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Methods that feed a goroutine or several: they send to a channel in a field that others
// receive from. It takes a number of calls before one is left alone if there are
// several who give up one by one, or a buffer. A root of its own has one client
// make calls without end: states repeat as soon as those who receive are back
// where they were. If there is a buffer another root has a client call another
// method meanwhile, such as Close, for pairs of single calls do not fill it.
//
// May: as with slots, what the method and the functions that it calls send. Ignored:
// objects whose goroutines are started, or channels made, by more than a function that
// the constructor or a method calls.

// room is what is known of the buffers of channels in fields.
type room struct {
	p      *program
	some   map[*types.Var]bool // they hold several values
	chosen map[*types.Var]bool // the maker's caller chooses how many
}

// feeds reports whether a method sends to a channel in a field and does not receive
// from it, and whether the channel has a buffer. Who chooses how much room there is
// knows how often he may send, unless there is somebody to take it out.
func (r room) feeds(method *ssa.Function, taken bool) (yes, roomy bool) {
	sent, received := slotsOf(method)
	for f := range sent {
		if !received[f] && (taken || !r.chosen[f]) {
			yes = true
			roomy = roomy || r.some[f] || r.chosen[f]
		}
	}
	return yes, roomy
}

// Bounds: the buffers that are filled, and the ways to use an object in which one is.
const (
	maxBuffer  = 1024
	maxFeeders = 30
)

// startedBy reports whether a function starts goroutines, and notes which channels it
// makes.
func (r room) startedBy(fn *ssa.Function, depth int) (starts bool) {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.Go:
				starts = true
			case *ssa.MakeChan:
				n, known := in.Size.(*ssa.Const)
				for _, f := range storedIn(in) {
					r.some[f] = r.some[f] || known && n.Int64() > 1 && n.Int64() <= maxBuffer
					r.chosen[f] = r.chosen[f] || !known
				}
			case *ssa.Call:
				callee := in.Call.StaticCallee()
				switch {
				case callee == nil:
				case r.p.spawns(callee):
					starts = true
				case depth > 0 && callee.Pkg == fn.Pkg && r.startedBy(callee, depth-1):
					starts = true
				}
			}
		}
	}
	return starts
}

// spawns reports whether a function of another package starts goroutines.
func (p *program) spawns(fn *ssa.Function) bool {
	t := p.resolve(fn)
	return t.model != nil && p.skeletonWithin(t.model, openingDepth, func(op skeleton.Op) bool { return op == skeleton.Spawn })
}

// storedIn are the fields that a channel is stored in.
func storedIn(ch ssa.Value) (fields []*types.Var) {
	for _, r := range *ch.Referrers() {
		switch r := r.(type) {
		case *ssa.ChangeType:
			fields = append(fields, storedIn(r)...)
		case *ssa.Store:
			if a, ok := r.Addr.(*ssa.FieldAddr); ok && r.Val == ch {
				if f := keptIn(deref(a.X.Type()), a.Field); f != nil {
					fields = append(fields, f)
				}
			}
		}
	}
	return fields
}

// feeders are the roots in which a client feeds without end, after a method that begins
// the object's work if before is not nil.
func (b *clientBuilder) feeders(before *ssa.Function) (out []Clients) {
	r := room{b.p, map[*types.Var]bool{}, map[*types.Var]bool{}}
	if b.c.gives != nil {
		return nil
	}
	starts, taken := before != nil && loops(before), false
	for _, fn := range append([]*ssa.Function{b.maker, before}, b.methods...) {
		if fn != nil && r.startedBy(fn, 1) {
			starts, taken = true, taken || fn == b.maker || fn == before
		}
	}
	if !starts {
		return nil
	}
	for _, fn := range b.methods {
		yes, roomy := r.feeds(fn, taken)
		if !yes || fn == before {
			continue
		}
		out = append(out, b.feeder(before, fn, nil))
		for _, other := range b.methods {
			if roomy && len(out) < maxFeeders && other != fn && other != before && !b.c.uses[fn].races(b.c.uses[other]) {
				out = append(out, b.feeder(before, fn, other))
			}
		}
	}
	return out
}

// feeder has one client call a method without end, and another one call another
// method if there is one.
func (b *clientBuilder) feeder(before, fn, other *ssa.Function) Clients {
	name := "client:" + b.c.title() + "." + b.method(fn) + " without end"
	if b.p.out.Funcs[name] == nil {
		f := newClientFunc(name, "client", 0)
		f.f.Params, f.f.Regs = []skeleton.Param{{Name: "o", Layout: "p"}}, 1
		f.end(skeleton.Instr{Op: skeleton.Jump, Then: 1})
		b.invoke(f, skeleton.R(0), fn)
		f.end(skeleton.Instr{Op: skeleton.Jump, Then: 1})
		b.p.addClientFunc(f)
	}
	calls := slices.Repeat([]*ssa.Function{fn}, slotCalls)
	clients := []string{name}
	if other != nil {
		calls = []*ssa.Function{fn, other}
		clients = append(clients, b.client(calls[1:]))
	}
	r := b.clients(before, calls)
	r.Alone, r.Slots = other == nil, true
	r.Again = r.Again && other != nil || b.begins(fn)
	root := "clients:" + b.name + "."
	if before != nil {
		root += r.Before + ","
	}
	root += b.method(fn) + " without end"
	for _, c := range calls {
		r.Calls = append(r.Calls, b.method(c))
	}
	if other != nil {
		root += "∥" + b.method(other)
	}
	r.Root = Root{Kind: Client, Pos: b.pos(), Func: root}
	b.add(r.Func, before, clients)
	return r
}
