package extract

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// slicer computes what the skeletons keep: the least set of instructions that
// holds all concurrency operations of what the roots reach and is closed under
//
//   - data: what an instruction that is kept computes with,
//   - control: the branches that decide whether it runs (post-dominance),
//   - memory: stores to places that a kept load reads (see memory),
//   - calls: those of functions that have an effect, with the arguments that
//     these need; the results of calls whose results are needed.
//
// It is a may analysis without regard to order, to a fixpoint over the package.
type slicer struct {
	w       *world
	p       *program
	plans   map[*ssa.Function]*plan
	work    []task
	stores  map[string][]task        // by place: keep the store
	gates   map[ssa.Value][]task     // by object: keep the stores to it
	places  map[string][]string      // classes of types that reach a place
	seenC   map[types.Type]bool      // classes that are registered, by canonical type
	classes map[types.Type]string    // see class
	read    map[string]bool          // places that are read
	active  map[*ssa.Function]bool   // has an effect
	acting  map[*crowd]bool          // one of them has
	asked   map[*crowd]bool          // is called by something kept
	entry   map[*ssa.Function]bool   // is called by something kept
	simple  map[*ssa.Function]bool   // may end the path, and is small enough to look into
	result  map[*ssa.Function][]bool // needed results
	param   map[*ssa.Function][]bool // needed parameters
	api     map[*ssa.Function]bool   // may be called by other packages
}

// slice fills in the plans of all functions of the world: of those that are not
// laborious, where there are such (see findLaborious).
// It starts from the roots and from the functions that clients call.
func (w *world) slice(roots []Root, entries []*ssa.Function) {
	s := w.sliceOnce(roots, entries)
	if w.p.laborious = s.findLaborious(); len(w.p.laborious) > 0 {
		w.sliceOnce(roots, entries)
	}
}

func (w *world) sliceOnce(roots []Root, entries []*ssa.Function) *slicer {
	s := w.newSlicer()
	for _, fn := range w.funcs {
		s.seed(fn)
	}
	for _, r := range roots {
		s.enter(r.fn)
		s.keepReturns(r.fn)
		s.needResults(r.fn)
		s.needDropping(r.fn)
	}
	for _, fn := range entries {
		if s.plans[fn] != nil {
			s.enter(fn)
			s.needResults(fn)
			s.needMade(fn)
		}
	}
	w.active = s.active
	s.run()
	return s
}

func (w *world) newSlicer() *slicer {
	s := &slicer{
		w: w, p: w.p, plans: w.p.plans, stores: map[string][]task{}, gates: map[ssa.Value][]task{}, places: map[string][]string{}, seenC: map[types.Type]bool{}, classes: map[types.Type]string{},
		read: map[string]bool{}, active: map[*ssa.Function]bool{}, acting: map[*crowd]bool{}, asked: map[*crowd]bool{}, entry: map[*ssa.Function]bool{}, simple: map[*ssa.Function]bool{},
		result: map[*ssa.Function][]bool{}, param: map[*ssa.Function][]bool{}, api: map[*ssa.Function]bool{},
	}
	for _, fn := range w.funcs {
		s.plans[fn] = newPlan(fn)
		s.result[fn] = make([]bool, fn.Signature.Results().Len())
		s.param[fn] = make([]bool, len(fn.Params))
	}
	s.findSimple()
	return s
}

// needResults needs the results that matter to an unknown caller.
func (s *slicer) needResults(fn *ssa.Function) {
	for i := range s.result[fn] {
		t := fn.Signature.Results().At(i).Type()
		if s.p.modes.ofType(t) != skeleton.EscapeNone && s.w.own.typ(t) {
			s.needResult(fn, i)
		}
	}
}

// needMade needs what a constructor returns: the object, also behind an
// interface, and the error, which tells whether there is one.
func (s *slicer) needMade(fn *ssa.Function) {
	r := fn.Signature.Results()
	if fn.Signature.Recv() != nil || r.Len() == 0 || r.Len() > 2 {
		return
	}
	if t := returned(fn); t == nil || !s.w.own.typ(t) {
		return
	}
	s.needResult(fn, 0)
	if r.Len() == 2 {
		s.needResult(fn, 1)
	}
}

// needDropping needs the error of a root that returns it together with something
// that the caller would keep otherwise.
func (s *slicer) needDropping(fn *ssa.Function) {
	last := len(s.result[fn]) - 1
	if last < 1 || !types.Identical(fn.Signature.Results().At(last).Type(), errorType) || s.result[fn][last] {
		return
	}
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || isNil(r.Results[last]) {
			continue
		}
		for i, v := range r.Results[:last] {
			if s.result[fn][i] && !isNil(v) {
				s.p.drops[fn] = true
				s.needResult(fn, last)
				return
			}
		}
	}
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// keepReturns keeps the returns of a root that a select or the end of a
// channel leads to: which one it was explains what happens after.
func (s *slicer) keepReturns(fn *ssa.Function) {
	pl := s.plans[fn]
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for _, a := range pl.control.deps[b.Index] {
			if br, ok := fn.Blocks[a].Instrs[len(fn.Blocks[a].Instrs)-1].(*ssa.If); ok && fromChannel(br.Cond) {
				s.keep(fn, r)
			}
		}
	}
}

// seed keeps what has an effect by itself and registers what may write.
func (s *slicer) seed(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if s.w.effectOf(in) == acts {
				s.gate(fn, objectOf(in), in)
			}
			switch v := in.(type) {
			case *ssa.Store:
				for _, k := range s.w.mem.access(v.Addr, v.Val.Type()) {
					s.onRead(k, fn, in, -1)
				}
				if !s.w.mem.isLocal(v.Addr) {
					s.shares(fn, in, v.Val)
				}
			case *ssa.MapUpdate:
				s.onRead(s.w.mem.mapKey(v.Map.Type()), fn, in, -1)
				s.shares(fn, in, v.Value)
			case ssa.CallInstruction:
				for _, wr := range s.w.writes(v) {
					k := wr.place
					if wr.class != nil {
						k = s.class(wr.class)
					}
					s.onRead(k, fn, in, wr.arg)
				}
			}
		}
	}
}

// shares has a store kept that may hand an object with a lock to the
// environment, as soon as data in such objects is read: others may change it.
func (s *slicer) shares(fn *ssa.Function, in ssa.Instruction, v ssa.Value) {
	if t := v.Type(); s.p.modes.canHold(t) && !s.w.own.value(v) {
		if _, ok := t.Underlying().(*types.Pointer); ok && s.w.own.made[s.w.own.key(deref(t))] {
			s.onRead(s.class(t), fn, in, -1)
		}
	}
}

// onRead has an instruction kept as soon as a place is read. arg is the
// argument through which a call writes.
func (s *slicer) onRead(k string, fn *ssa.Function, in ssa.Instruction, arg int) {
	s.onceRead(k, task{kind: taskWrite, fn: fn, in: in, arg: arg})
}

// argumentOf is argument i as written counts it.
func (s *slicer) argumentOf(c ssa.CallInstruction, i int) ssa.Value {
	if _, ok := s.p.callee(c.Common()); ok {
		return arguments(c.Common())[i]
	}
	return c.Common().Args[i]
}

// class is the place that stands for all that values of a type reach.
func (s *slicer) class(t types.Type) string {
	if k, ok := s.classes[t]; ok {
		return k
	}
	k := "R:" + s.w.own.key(t)
	s.classes[t] = k
	if t = s.w.own.canon(t); !s.seenC[t] {
		s.seenC[t] = true
		for _, place := range s.w.mem.reachable(t) {
			place = s.w.mem.find(place)
			s.places[place] = append(s.places[place], k)
			if s.read[place] {
				s.reads(k)
			}
		}
	}
	return k
}

// reads marks a place as read.
func (s *slicer) reads(k string) {
	k = s.w.mem.find(k)
	if s.read[k] {
		return
	}
	s.read[k] = true
	s.work = append(s.work, s.stores[k]...)
	delete(s.stores, k)
	for _, c := range s.places[k] {
		s.reads(c)
	}
}

// keep has an instruction kept, with what it computes with and what decides
// whether it runs.
func (s *slicer) keep(fn *ssa.Function, in ssa.Instruction) {
	pl := s.plans[fn]
	if pl == nil || pl.kept[in] {
		return
	}
	pl.kept[in] = true
	s.live(fn, in.Block().Index)
	s.post(task{kind: taskOperands, fn: fn, in: in})
	if s.visible(fn, in) {
		s.activate(fn)
	}
}

// visible reports whether a kept instruction is an effect of the function on others.
func (s *slicer) visible(fn *ssa.Function, in ssa.Instruction) bool {
	switch v := in.(type) {
	case *ssa.Store:
		return objectOf(in) == nil && !freshElement(v.Addr)
	case *ssa.MapUpdate:
		return objectOf(in) == nil
	case ssa.CallInstruction:
		if s.w.effectOf(in) == acts {
			return true
		}
		for arg := range s.plans[fn].writes[v] {
			if madeBy(s.argumentOf(v, arg)) == nil {
				return true
			}
		}
		return slices.ContainsFunc(s.w.callees(v), s.isActive) || slices.ContainsFunc(s.w.callbacks(v), s.isActive) ||
			slices.ContainsFunc(s.w.crowdsOf(v), func(cr *crowd) bool { return s.acting[cr] })
	}
	return s.w.effectOf(in) == acts
}

func (s *slicer) isActive(fn *ssa.Function) bool { return s.active[fn] }
