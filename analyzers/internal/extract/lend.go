package extract

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/library"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Code in sight of nobody that is handed an end of a pipe as an io.Reader (or
// io.Writer), and gives nothing back that could hold it, reads (or writes)
// while it runs, and no longer: the end is lent, not given away.

// lend translates a call of unknown code to which ends of pipes are lent.
func (b *builder) lend(c *ssa.CallCommon, in skeleton.Instr) bool {
	results := c.Signature().Results()
	n := results.Len()
	for i := range n {
		if t := results.At(i).Type(); !types.Identical(t, errorType) && b.p.modes.canHold(t) {
			return false
		}
	}
	failing := n > 0 && types.Identical(results.At(n-1).Type(), errorType)
	models := make([]string, len(c.Args))
	found := false
	for i, a := range c.Args {
		models[i] = lent(a)
		found = found || models[i] != ""
	}
	if !found || !failing {
		return false
	}
	var err skeleton.Reg
	havoc := skeleton.Instr{Op: skeleton.Havoc, Dst: skeleton.NoReg, Name: in.Name, Pos: in.Pos}
	for i, a := range c.Args {
		if models[i] == "" {
			havoc.Args = append(havoc.Args, b.val(a))
			havoc.Tag += string(rune(b.p.modes.ofValue(a)))
			continue
		}
		b.p.addModel(models[i])
		err = b.fresh()
		b.emit(skeleton.Instr{Op: skeleton.Call, Dst: err, Layout: "p", Args: []skeleton.Arg{skeleton.Fn(models[i]), b.val(a)}, Name: in.Name, Pos: in.Pos})
	}
	if len(havoc.Args) > 0 && !allNone(havoc.Tag) {
		b.emit(havoc)
	}
	if in.Dst == skeleton.NoReg {
		return true
	}
	var cells []skeleton.Arg
	for i := range n - 1 {
		r := b.fresh()
		b.sym(r, b.p.lay.of(results.At(i).Type()))
		cells = append(cells, skeleton.R(r))
	}
	b.results(in.Dst, append(cells, skeleton.R(err)))
	return true
}

// lent is the model of what is done with an argument that is an end of a pipe
// in an interface that does not let close it, "" for any other.
func lent(v ssa.Value) string {
	i, ok := v.Type().Underlying().(*types.Interface)
	if !ok {
		return ""
	}
	for m := range i.Methods() {
		if m.Name() == "Close" {
			return ""
		}
	}
	mi, ok := v.(*ssa.MakeInterface)
	if !ok || i.NumMethods() == 0 {
		return ""
	}
	ptr, ok := mi.X.Type().(*types.Pointer)
	if !ok {
		return ""
	}
	switch typeName(ptr.Elem()) {
	case "io.PipeReader":
		return library.Reader
	case "io.PipeWriter":
		return library.Writer
	}
	return ""
}

// foreign reports whether a call is of code outside the package and the
// standard library, which library does not know either.
func (b *builder) foreign(c *ssa.CallCommon) bool {
	if c.IsInvoke() {
		return c.Method.Pkg() == nil || !isStd(c.Method.Pkg().Path())
	}
	f := c.StaticCallee()
	return f == nil || f.Blocks == nil && f.Pkg != nil && !isStd(f.Pkg.Pkg.Path())
}
