package lockset

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Hand-off: whether somebody else may be meant to release a lock that a function
// leaves held. May: where in doubt, it is handed off, and nothing is reported.

// A leaver is a function that is reported for leaving a lock of a class held.
type leaver struct {
	fn    *ssa.Function
	class string
}

// releasedExits returns the exits at which a lock was locked in a mode and unlocked again.
func (f *frame) releasedExits(l int, m Mode) []exit {
	var out []exit
	for _, x := range f.exits {
		if e := x.state.find(l); e != nil && e.cur == 0 && e.need == 0 && !e.lost && (e.was == 0 || e.was == m) {
			out = append(out, x)
		}
	}
	return out
}

// last are the names of methods after which an object is not used any more.
var last = map[string]bool{"Shutdown": true, "Close": true, "Stop": true, "Destroy": true}

// mayHandOff reports whether somebody else may be meant to release a lock
// that is held at an exit.
func (f *frame) mayHandOff(x exit, e *entry, lk lock, released []exit) bool {
	switch {
	case f.fresh(lk.place) && f.returned(lk.place.root):
		return true // an object that is handed out locked
	case f.handsLock(x, lk):
		return true
	case f.leftInField(lk):
		return true // another function releases it by way of that field
	case f.pkg.consumed[consumer{funcName(f.fn), lk.class}]:
		return true // a caller releases it
	case f.storedClosure(lk):
		return true
	case f.made(lk.place.root) && !strings.Contains(lk.place.steps, "*") && !f.shared(lk.place.root):
		return true // gone with the function
	case strings.HasPrefix(lk.class, "var ") && !f.releasesKey(lk):
		return true // a schedule tells whether anybody waits for it
	case f.pkg.localHelper(f.fn) && !f.calledBackWith(lk):
		return true // its callers are judged
	}
	orphans := f.foreignReleases(lk)
	mixed := len(released) > 0
	if mixed {
		if !orphans {
			return f.visibleOutside(lk) && f.distinguishable(x, released)
		}
		return e.dynamic || f.distinguishable(x, released)
	}
	switch {
	case orphans, f.visibleOutside(lk):
		return true
	case strings.Contains(strings.ToLower(f.fn.Name()), "lock"):
		return true
	case last[f.fn.Name()] && !f.releasesKey(lk):
		return true // nobody is to come in any more
	case f.fn.Name() == "main" || strings.HasPrefix(f.fn.Name(), "init") || f.fn.Name() == "TestMain":
		return true // held as long as the process lives
	case f.pkg.locked[lk.class] < 2, e.dynamic:
		return true
	case e.instr != nil && f.inLoop[e.instr.Block().Index] && !f.releasesKey(lk):
		return true // all of them locked, for good
	}
	return false
}

// calledBackWith reports whether a lock is in what a function literal gets from
// somebody to whom it is handed, so that its maker cannot name it.
func (f *frame) calledBackWith(lk lock) bool {
	_, given := lk.place.root.(*ssa.Parameter)
	mc := f.pkg.makers[f.fn]
	return given && mc != nil && slices.ContainsFunc(*mc.Referrers(), func(r ssa.Instruction) bool {
		c, ok := r.(*ssa.Call)
		return ok && c.Call.Value != ssa.Value(mc)
	})
}

// foreignReleases reports whether some function of the package releases a
// lock of the class without having acquired it.
func (f *frame) foreignReleases(lk lock) bool {
	if lk.class == "" {
		return true
	}
	return len(f.pkg.orphans[lk.class]) > 0
}

// visibleOutside reports whether other packages can reach the lock.
func (f *frame) visibleOutside(lk lock) bool {
	if lk.class == "" {
		return true
	}
	if f.pkg.pass.Pkg.Name() == "main" || strings.HasPrefix(lk.class, "var ") {
		return false
	}
	path, ok := strings.CutPrefix(lk.class, f.pkg.pass.Pkg.Path()+".")
	if !ok {
		return true // a lock of another package
	}
	for _, part := range strings.Split(strings.TrimRight(path, "*[]"), ".") {
		if !ast.IsExported(strings.TrimRight(part, "*[]")) {
			return false
		}
	}
	return true
}

// distinguishable reports whether a caller may tell by the results that the
// lock is held, and be meant to: the exit looks like the successful one.
func (f *frame) distinguishable(held exit, released []exit) bool {
	for i, r := range held.ret.Results {
		a := f.outcome(held, i, r.Type())
		if a == failure || a == none {
			continue
		}
		for _, x := range released {
			if i >= len(x.ret.Results) {
				continue
			}
			if b := f.outcome(x, i, r.Type()); b != a || a == unclear {
				return true
			}
		}
	}
	return false
}

// An outcome is what a result says of the success of a function.
type outcome int

const (
	none outcome = iota
	success
	failure
	unclear
)

func (f *frame) outcome(x exit, i int, t types.Type) outcome {
	val, eq := f.constant(x.state, x.ret.Results[i])
	isErr := types.Identical(t, types.Universe.Lookup("error").Type())
	switch t := t.Underlying().(type) {
	case *types.Basic:
		if t.Info()&types.IsBoolean == 0 {
			return none
		}
		if val == "" {
			return unclear
		}
		if (val == "true") == eq {
			return success
		}
		return failure
	case *types.Pointer, *types.Interface, *types.Signature, *types.Map, *types.Slice, *types.Chan:
		if val != "nil" {
			return unclear
		}
		if eq == isErr {
			return success
		}
		return failure
	}
	return none
}

// returned reports whether an object is part of what the function returns.
func (f *frame) returned(root ssa.Value) bool {
	if root == nil {
		return false
	}
	for _, x := range f.exits {
		for _, r := range x.ret.Results {
			if p := f.placeOf(r); p.root == root {
				return true
			}
			if mc, ok := r.(*ssa.MakeClosure); ok && slices.Contains(mc.Bindings, root) {
				return true
			}
		}
	}
	return f.flowsOut(root)
}

// flowsOut reports whether an object is kept beyond the moment: stored, sent,
// merged with others, captured by a closure that lives on.
func (f *frame) flowsOut(root ssa.Value) bool {
	if root == nil || root.Referrers() == nil {
		return false
	}
	for _, r := range *root.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Val == root && !argument(r) {
				return true
			}
		case *ssa.Phi, *ssa.MapUpdate, *ssa.Send, *ssa.Return:
			return true
		case *ssa.MakeClosure:
			if !f.pkg.onlyCalled(r) {
				return true
			}
		case *ssa.MakeInterface:
			if f.flowsOut(r) {
				return true
			}
		}
	}
	return false
}

// argument reports whether a value is stored to become one of the last
// arguments of a call.
func argument(s *ssa.Store) bool {
	if x, ok := s.Addr.(*ssa.IndexAddr); ok {
		a, ok := x.X.(*ssa.Alloc)
		return ok && a.Comment == "varargs"
	}
	return false
}

// shared reports whether an object that the function made can be reached by
// another goroutine while the function runs, or by anybody afterwards.
func (f *frame) shared(root ssa.Value) bool {
	if root == nil || root.Referrers() == nil {
		return true
	}
	for _, r := range *root.Referrers() {
		if g, ok := r.(*ssa.Go); ok && slices.Contains(g.Call.Args, root) {
			return true
		}
	}
	return f.flowsOut(root)
}

// made reports whether a value is an object that the function made itself, or
// had made by a constructor of the package.
func (f *frame) made(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc:
		return true
	case *ssa.Call:
		fn := v.Call.StaticCallee()
		return fn != nil && f.pkg.constructs(fn)
	}
	return false
}

// constructs reports whether a function always returns an object that it makes
// and that nobody else knows of.
func (p *pkg) constructs(fn *ssa.Function) bool {
	if len(fn.Blocks) == 0 || fn.Signature.Results().Len() != 1 {
		return false
	}
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		a, ok := ret.Results[0].(*ssa.Alloc)
		if !ok {
			return false
		}
		for _, r := range *a.Referrers() {
			switch r := r.(type) {
			case *ssa.FieldAddr, *ssa.UnOp, *ssa.Return, *ssa.DebugRef:
			case *ssa.Store:
				if r.Val == ssa.Value(a) {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}

// handOn runs the handing of locks to a function that makes closures of them, as one
// that gives the function by which they are released, once: who has that releases
// them from now on.
func (f *frame) handOn(s *state, c *ssa.CallCommon) *state {
	fn := c.StaticCallee()
	if fn == nil {
		return s
	}
	for k, arg := range c.Args {
		if isLocker(arg.Type()) && k < len(fn.Params) && f.pkg.keepsInClosure(fn.Params[k]) {
			s = s.clone()
			e := s.entry(f.lockOf(arg, false))
			e.lost, e.away = true, true
		}
	}
	return s
}

// keepsInClosure reports whether a function binds a parameter to a closure that it
// does more with than to call it.
func (p *pkg) keepsInClosure(param *ssa.Parameter) bool {
	binds := func(v ssa.Value) bool {
		return slices.ContainsFunc(*v.Referrers(), func(r ssa.Instruction) bool {
			mc, ok := r.(*ssa.MakeClosure)
			return ok && !p.onlyCalled(mc)
		})
	}
	return binds(param) || slices.ContainsFunc(*param.Referrers(), func(r ssa.Instruction) bool {
		s, ok := r.(*ssa.Store)
		if !ok || s.Val != ssa.Value(param) {
			return false
		}
		a, ok := s.Addr.(*ssa.Alloc)
		return ok && binds(a)
	})
}

// storedClosure reports whether the function makes a closure that releases a
// lock of the class and outlives the moment.
func (f *frame) storedClosure(lk lock) bool {
	for _, o := range f.pkg.orphans[lk.class] {
		if o.fn.Parent() == f.fn {
			return true
		}
	}
	return false
}

func (f *frame) releasesKey(lk lock) bool {
	for _, keys := range f.releases {
		if slices.Contains(strings.Fields(keys), lk.place.key()) {
			return true
		}
	}
	return false
}
