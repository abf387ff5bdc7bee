package extract

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// need has a value computed.
func (s *slicer) need(fn *ssa.Function, v ssa.Value) {
	switch v := v.(type) {
	case nil, *ssa.Const, *ssa.Global, *ssa.Builtin, *ssa.Function:
		return
	case *ssa.Parameter:
		if pl := s.plans[fn]; !pl.needed[v] {
			pl.needed[v] = true
			s.needParam(fn, v)
		}
		return
	case *ssa.FreeVar:
		if pl := s.plans[fn]; !pl.needed[v] {
			pl.needed[v] = true
			s.needFree(fn, v)
		}
		return
	}
	pl := s.plans[fn]
	if pl.needed[v] {
		return
	}
	pl.needed[v] = true
	s.work = append(s.work, s.gates[v]...)
	delete(s.gates, v)
	in := v.(ssa.Instruction)
	s.keep(fn, in)
	s.post(task{kind: taskSources, fn: fn, v: v})
}

func (s *slicer) needParam(fn *ssa.Function, v *ssa.Parameter) {
	for i, p := range fn.Params {
		if p != v {
			continue
		}
		s.param[fn][i] = true
		for _, c := range s.w.sites[fn] {
			if s.plans[c.fn].kept[c.call] {
				s.argument(c, i)
			}
		}
	}
}

// argument needs argument i of a call, the receiver of a method being the first.
func (s *slicer) argument(c site, i int) {
	if c.callback {
		return
	}
	com := c.call.Common()
	if com.IsInvoke() {
		if i == 0 {
			return // the interface itself, which is needed anyway
		}
		i--
	}
	if i < len(com.Args) {
		s.post(task{kind: taskNeed, fn: c.fn, v: com.Args[i]})
	}
}

func (s *slicer) needFree(fn *ssa.Function, v *ssa.FreeVar) {
	for i, f := range fn.FreeVars {
		if f != v {
			continue
		}
		for _, mc := range s.w.made[fn] {
			if outer := mc.Parent(); s.plans[outer] != nil && s.plans[outer].needed[mc] {
				s.post(task{kind: taskNeed, fn: outer, v: mc.Bindings[i]})
			}
		}
	}
}

func (s *slicer) needResult(fn *ssa.Function, i int) {
	if s.plans[fn] == nil || s.result[fn][i] {
		return
	}
	s.result[fn][i] = true
	s.enter(fn)
	for _, b := range fn.Blocks {
		if r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			s.keep(fn, r)
			s.post(task{kind: taskNeed, fn: fn, v: r.Results[i]})
		}
	}
}

// sources needs what a needed value comes from, beyond its operands.
func (s *slicer) sources(fn *ssa.Function, v ssa.Value) {
	if s.w.own.all {
		s.othersRead(v)
	}
	switch v := v.(type) {
	case *ssa.Phi:
		for i, e := range v.Edges {
			s.need(fn, e)
			pred := v.Block().Preds[i]
			s.live(fn, pred.Index)
			if br, ok := pred.Instrs[len(pred.Instrs)-1].(*ssa.If); ok {
				s.keep(fn, br)
			}
		}
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			for _, k := range s.w.mem.access(v.X, v.Type()) {
				s.reads(k)
			}
		case token.ARROW:
			if !v.CommaOk {
				s.reads(s.w.mem.chanKey(v.X.Type().Underlying().(*types.Chan).Elem()))
			}
		}
	case *ssa.Extract:
		s.component(v)
	case *ssa.Lookup:
		if _, ok := v.X.Type().Underlying().(*types.Map); ok {
			s.reads(s.w.mem.mapKey(v.X.Type()))
		}
	case *ssa.Range:
		if _, ok := v.X.Type().Underlying().(*types.Map); ok {
			s.reads(s.w.mem.mapKey(v.X.Type()))
		}
	case *ssa.MakeClosure:
		f := v.Fn.(*ssa.Function)
		if pl := s.plans[f]; pl != nil {
			for i, fv := range f.FreeVars {
				if pl.needed[fv] {
					s.need(fn, v.Bindings[i])
				}
			}
			if handedOn(v) {
				s.needResults(f)
			}
		}
	case *ssa.Call:
		s.results(v)
	}
}

// handedOn reports whether others than the function that makes a closure may call
// it: what it returns is theirs, objects that it caught among it.
func handedOn(mc *ssa.MakeClosure) bool {
	for _, in := range *mc.Referrers() {
		if c, ok := in.(ssa.CallInstruction); ok && c.Common().Value == mc && !slices.Contains(c.Common().Args, ssa.Value(mc)) {
			continue
		}
		if _, ok := in.(*ssa.DebugRef); !ok {
			return true
		}
	}
	return false
}

// component needs one component of a tuple from where it comes.
func (s *slicer) component(e *ssa.Extract) {
	switch v := e.Tuple.(type) {
	case *ssa.Call:
		if s.p.isLaborious(v) {
			return
		}
		for _, f := range s.w.callees(v) {
			s.needResult(f, e.Index)
		}
	case *ssa.UnOp:
		if e.Index == 0 {
			s.reads(s.w.mem.chanKey(v.X.Type().Underlying().(*types.Chan).Elem()))
		}
	case *ssa.Select:
		n := 1
		for _, st := range v.States {
			if st.Dir != types.RecvOnly {
				continue
			}
			if n++; n == e.Index {
				s.reads(s.w.mem.chanKey(st.Chan.Type().Underlying().(*types.Chan).Elem()))
			}
		}
	}
}

// results needs the result of a call that has one, and what its computing reads.
func (s *slicer) results(v *ssa.Call) {
	if s.p.isLaborious(v) {
		return
	}
	if v.Call.Signature().Results().Len() == 1 {
		for _, f := range s.w.callees(v) {
			s.needResult(f, 0)
		}
	}
	if bi, ok := v.Call.Value.(*ssa.Builtin); ok {
		switch bi.Name() {
		case "len":
			if _, isMap := v.Call.Args[0].Type().Underlying().(*types.Map); isMap {
				s.reads(s.w.mem.mapKey(v.Call.Args[0].Type()))
			}
		case "append":
			if sl, ok := v.Type().Underlying().(*types.Slice); ok {
				s.elements(sl.Elem())
			}
		}
		return
	}
	switch t, _ := s.p.callee(&v.Call); {
	case t.model != nil:
		s.modelReads(&v.Call)
	case t.makes != nil && t.makes.Of >= 0:
		s.need(v.Parent(), v.Call.Args[t.makes.Arg(&v.Call)])
	}
}

// elements reads the elements of slices, as append does: only references among
// them are of interest before somebody loads them.
func (s *slicer) elements(t types.Type) {
	if s.w.own.typ(t) {
		s.reads(s.w.mem.elemKey(t))
	}
}

// modelReads reads what a model of the library can read of its arguments.
func (s *slicer) modelReads(c *ssa.CallCommon) {
	for _, a := range arguments(c) {
		if p, ok := a.Type().Underlying().(*types.Pointer); ok {
			for _, k := range s.w.mem.access(a, p.Elem()) {
				s.reads(k)
			}
		}
		if sl, ok := a.Type().Underlying().(*types.Slice); ok {
			s.reads(s.w.mem.elemKey(sl.Elem()))
		}
	}
}

// foreignReads reads what another package can read of the arguments of a call:
// all that they reach, but for the insides of the package's own types.
func (s *slicer) foreignReads(c *ssa.CallCommon) {
	for _, a := range arguments(c) {
		for _, k := range s.w.mem.open(a.Type()) {
			s.reads(k)
		}
	}
}

// operands needs what a kept instruction computes with.
func (s *slicer) operands(fn *ssa.Function, in ssa.Instruction) {
	switch v := in.(type) {
	case *ssa.Jump, *ssa.Phi, *ssa.DebugRef, *ssa.RunDefers, *ssa.MakeClosure:
	case *ssa.Return:
		// Results are needed one by one.
	case *ssa.Panic:
	case *ssa.Send:
		s.need(fn, v.Chan)
		if s.w.own.all || s.w.own.typ(v.X.Type()) {
			s.need(fn, v.X)
		} else {
			s.whenRead(fn, v.Chan.Type(), v.X)
		}
	case *ssa.Select:
		for _, st := range v.States {
			s.need(fn, st.Chan)
			if st.Send == nil {
				continue
			}
			if s.w.own.all || s.w.own.typ(st.Send.Type()) {
				s.need(fn, st.Send)
			} else {
				s.whenRead(fn, st.Chan.Type(), st.Send)
			}
		}
	case ssa.CallInstruction:
		s.callOperands(fn, v)
	default:
		var ops [16]*ssa.Value
		for _, op := range in.Operands(ops[:0]) {
			if *op != nil {
				s.need(fn, *op)
			}
		}
	}
}

// whenRead needs a sent value as soon as one received from such a channel is.
func (s *slicer) whenRead(fn *ssa.Function, ch types.Type, v ssa.Value) {
	k := s.w.mem.chanKey(ch.Underlying().(*types.Chan).Elem())
	s.onceRead(k, task{kind: taskNeed, fn: fn, v: v})
}

func (s *slicer) callOperands(fn *ssa.Function, c ssa.CallInstruction) {
	com := c.Common()
	pl := s.plans[fn]
	if s.p.isLaborious(c) {
		return
	}
	if _, ok := c.(*ssa.Defer); ok {
		pl.defers = true
	}
	if _, ok := com.Value.(*ssa.Builtin); ok {
		for _, a := range com.Args {
			s.need(fn, a)
		}
		return
	}
	s.need(fn, com.Value)
	for _, f := range s.w.callees(c) {
		s.enter(f)
		for i, needed := range s.param[f] {
			if needed {
				s.argument(site{fn: fn, call: c}, i)
			}
		}
	}
	t, ok := s.p.callee(com)
	switch {
	case t.body:
		return
	case t.model == nil:
		for _, f := range s.w.callbacks(c) {
			if s.active[f] {
				s.passed(fn, c, f)
			}
			if isYield(f) {
				s.needResult(f, 0)
			}
		}
	case t.model != nil:
		shift := len(arguments(com)) - len(com.Args)
		for i, a := range com.Args {
			if s.p.uses(t.model, i+shift) {
				s.need(fn, a)
			}
		}
		s.called(s.w.callbacks(c))
		for _, cr := range s.w.crowdsOf(c) {
			if !s.asked[cr] {
				s.asked[cr] = true
				s.called(cr.funcs)
			}
		}
		s.modelReads(com)
		if t.foreign {
			s.foreignReads(com)
		}
		return
	}
	args := com.Args
	if ok {
		args = arguments(com)
	}
	asModel := s.w.mayBeModels(com)
	for i, a := range args {
		if asModel || s.w.own.mode(a, t.mode(i), false) != skeleton.EscapeNone {
			s.need(fn, a)
		}
	}
	if asModel {
		s.foreignReads(com)
	}
}

// called notes that a model calls functions and may look at their results.
func (s *slicer) called(fns []*ssa.Function) {
	for _, f := range fns {
		s.enter(f)
		for i := range s.result[f] {
			s.needResult(f, i)
		}
	}
}

// passed needs the arguments of a call of unknown code by which it gets a function.
func (s *slicer) passed(fn *ssa.Function, c ssa.CallInstruction, f *ssa.Function) {
	pl := s.plans[fn]
	for i, a := range c.Common().Args {
		if s.w.mayBe(a, f) && (!pl.writes[c][i] || !pl.needs(a)) {
			pl.markWrite(c, i)
			s.need(fn, a)
		}
	}
}
