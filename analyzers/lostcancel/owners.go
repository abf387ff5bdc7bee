package lostcancel

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Constructors of objects that own a context and a goroutine: they keep the
// cancel function of a context in a field of what they make and return, start a
// goroutine, and a method of the object calls what is in the field. Who drops
// the object without that loses the cancel function with it.
//
// Must for the field and the method; that the goroutine ends with the context is
// taken from that.

// owns is the fact that a function is such a constructor.
type owns struct {
	Method string // what ends the object: Close
}

// AFact marks a fact.
func (*owns) AFact() {}

func (o *owns) String() string { return "returns an object that " + o.Method + " ends" }

// endings are the names by which methods end the work of an object.
var endings = []string{"Close", "Stop", "Shutdown", "Cancel", "Terminate", "Finish", "Release", "Disconnect", "Quit", "Exit", "Kill", "End"}

// owner is the method that ends what a function makes, "" if there is none.
func (d *derivers) owner(fn *types.Func) string {
	fn = fn.Origin()
	if fn.Pkg() == nil || fn.Pkg().Path() == "context" || made(fn) == nil {
		return ""
	}
	if fn.Pkg() != d.pass.Pkg {
		var o owns
		d.pass.ImportObjectFact(fn, &o)
		return o.Method
	}
	if known, ok := d.owners[fn]; ok || !d.keep[fn] {
		return known
	}
	if d.owners == nil {
		d.owners = map[*types.Func]string{}
	}
	d.owners[fn] = "" // if looking at it fails
	func() {
		defer func() { _ = recover() }()
		d.owners[fn] = d.looksOwning(d.form.Package().Prog.FuncValue(fn), made(fn))
	}()
	return d.owners[fn]
}

// made is the type of the package whose objects a function returns pointers to, nil if it has none.
func made(fn *types.Func) *types.Named {
	results := fn.Signature().Results()
	if results.Len() == 0 || results.Len() > 2 || results.Len() == 2 && !types.Identical(results.At(1).Type(), types.Universe.Lookup("error").Type()) {
		return nil
	}
	p, ok := types.Unalias(results.At(0).Type()).(*types.Pointer)
	if !ok {
		return nil
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	if !ok || n.Obj().Pkg() != fn.Pkg() || n.TypeParams().Len() > 0 {
		return nil
	}
	return n
}

func (d *derivers) looksOwning(fn *ssa.Function, named *types.Named) string {
	if fn == nil || !starts(fn, 2) {
		return ""
	}
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || len(r.Results) == 0 {
			continue
		}
		object := allocated(r.Results[0])
		if object == nil {
			continue
		}
		for _, ref := range *object.Referrers() {
			field, ok := ref.(*ssa.FieldAddr)
			if !ok || !d.keepsCancel(field) {
				continue
			}
			if m := d.ending(named, field.Field); m != "" {
				return m
			}
		}
	}
	return ""
}

// allocated is the object that a value points to, also where it is read from a
// variable that a function literal captures; nil if it is not known.
func allocated(v ssa.Value) *ssa.Alloc {
	if load, ok := v.(*ssa.UnOp); ok {
		cell, ok := load.X.(*ssa.Alloc)
		if !ok {
			return nil
		}
		for _, r := range *cell.Referrers() {
			if s, ok := r.(*ssa.Store); ok && s.Addr == ssa.Value(cell) {
				v = s.Val
			}
		}
	}
	object, _ := v.(*ssa.Alloc)
	return object
}

// starts reports whether a function starts a goroutine, itself or by functions of its package.
func starts(fn *ssa.Function, depth int) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.Go:
				return true
			case *ssa.Call:
				if callee := in.Call.StaticCallee(); callee != nil && callee.Pkg == fn.Pkg && depth > 0 && starts(callee, depth-1) {
					return true
				}
			}
		}
	}
	return false
}

// keepsCancel reports whether the cancel function of a context is stored in a field.
func (d *derivers) keepsCancel(field *ssa.FieldAddr) bool {
	return slices.ContainsFunc(*field.Referrers(), func(ref ssa.Instruction) bool {
		s, ok := ref.(*ssa.Store)
		if !ok || s.Addr != ssa.Value(field) {
			return false
		}
		x, ok := s.Val.(*ssa.Extract)
		if !ok {
			return false
		}
		call, ok := x.Tuple.(*ssa.Call)
		return ok && x.Index == cancelIndex(call.Call.Signature().Results()) && d.derivation(call)
	})
}

// ending is the method of a type that calls the function in a field.
func (d *derivers) ending(named *types.Named, field int) string {
	for _, name := range endings {
		obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(named), false, named.Obj().Pkg(), name)
		m, ok := obj.(*types.Func)
		if !ok {
			continue
		}
		if fn := d.form.Package().Prog.FuncValue(m); fn != nil && callsField(fn, named, field, 3) {
			return name
		}
	}
	return ""
}

// callsField reports whether a function calls what is in a field of a type, itself,
// in a literal, or by functions of its package that it calls or passes on.
func callsField(fn *ssa.Function, named *types.Named, field, depth int) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			c, ok := in.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if load, ok := c.Common().Value.(*ssa.UnOp); ok {
				if at, ok := load.X.(*ssa.FieldAddr); ok && at.Field == field && pointsTo(at.X.Type(), named) {
					return true
				}
			}
			called := []ssa.Value{c.Common().Value}
			for _, v := range append(called, c.Common().Args...) {
				if callee := function(v); callee != nil && within(callee, named.Obj().Pkg()) && depth > 0 && callsField(callee, named, field, depth-1) {
					return true
				}
			}
		}
	}
	return slices.ContainsFunc(fn.AnonFuncs, func(lit *ssa.Function) bool { return callsField(lit, named, field, depth) })
}

// function is the function that a value is, nil if it is not known.
func function(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		fn, _ := v.Fn.(*ssa.Function)
		return fn
	}
	return nil
}

// within reports whether a function is one of a package, or a wrapper for a method value.
func within(fn *ssa.Function, pkg *types.Package) bool {
	return fn.Pkg != nil && fn.Pkg.Pkg == pkg || fn.Pkg == nil && fn.Synthetic != ""
}

func pointsTo(t types.Type, named *types.Named) bool {
	p, ok := t.Underlying().(*types.Pointer)
	return ok && types.Identical(p.Elem(), named)
}
