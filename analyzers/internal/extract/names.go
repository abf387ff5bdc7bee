package extract

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// maxName bounds the names of operations: chains of calls can be long.
const maxName = 60

// name returns a value as the user wrote it (results, s.done, c.mu,
// ctx.Done()), "" where the source has no short word for it.
func (b *builder) name(v ssa.Value) string {
	s := b.nameOf(v, 8)
	if len(s) > maxName {
		return ""
	}
	return s
}

func (b *builder) nameOf(v ssa.Value, depth int) string {
	if depth == 0 {
		return ""
	}
	depth--
	switch v := v.(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		return v.Name()
	case *ssa.Global:
		return v.Name()
	case *ssa.Function:
		return v.Name()
	case *ssa.Const:
		if v.Value == nil {
			return "nil"
		}
		if v.Value.Kind() == constant.Int {
			return v.Value.String()
		}
		return ""
	case *ssa.Alloc:
		if token.IsIdentifier(v.Comment) && !synthetic[v.Comment] {
			return v.Comment
		}
	case *ssa.Phi:
		if token.IsIdentifier(v.Comment) {
			return v.Comment
		}
	case *ssa.FieldAddr:
		return b.fieldName(v.X, v.X.Type(), v.Field, depth)
	case *ssa.Field:
		if s := b.variable(v); s != "" {
			return s
		}
		return b.fieldName(v.X, v.X.Type(), v.Field, depth)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			if s := b.variable(v); s != "" {
				return s
			}
			return b.nameOf(v.X, depth)
		}
	case *ssa.ChangeType:
		return b.nameOf(v.X, depth)
	case *ssa.ChangeInterface:
		return b.nameOf(v.X, depth)
	case *ssa.MakeInterface:
		return b.nameOf(v.X, depth)
	}
	if s := b.variable(v); s != "" {
		return s
	}
	switch v := v.(type) {
	case *ssa.IndexAddr:
		return b.elemName(v.X, v.Index, depth)
	case *ssa.Index:
		return b.elemName(v.X, v.Index, depth)
	case *ssa.Lookup:
		return b.elemName(v.X, v.Index, depth)
	case *ssa.Extract:
		if l, ok := v.Tuple.(*ssa.Lookup); ok && v.Index == 0 {
			return b.elemName(l.X, l.Index, depth)
		}
	case *ssa.TypeAssert:
		return b.nameOf(v.X, depth)
	case *ssa.Call:
		if f := b.calleeName(&v.Call, depth); f != "" {
			args := v.Call.Args
			if !v.Call.IsInvoke() && v.Call.Signature().Recv() != nil && len(args) > 0 {
				args = args[1:]
			}
			if len(args) == 0 {
				return f + "()"
			}
			return f + "(…)"
		}
	}
	return ""
}

// synthetic are the comments of variables that go/ssa makes up.
var synthetic = map[string]bool{"new": true, "complit": true, "slicelit": true, "varargs": true, "makeslice": true, "rangeindex": true}

// fieldName is X.f; an embedded field goes by the name of what it is embedded
// in, as its promoted methods are called on that.
func (b *builder) fieldName(x ssa.Value, t types.Type, i, depth int) string {
	s, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	base := b.nameOf(x, depth)
	f := s.Field(i)
	switch {
	case f.Embedded():
		return base
	case base == "":
		return f.Name()
	}
	return base + "." + f.Name()
}

func (b *builder) elemName(x, index ssa.Value, depth int) string {
	base := b.nameOf(x, depth)
	if base == "" {
		return ""
	}
	i := b.nameOf(index, 1)
	if i == "" {
		i = b.variable(index)
	}
	if c, ok := index.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
		i = strconv.Quote(constant.StringVal(c.Value))
	}
	if i == "" {
		i = "…"
	}
	return base + "[" + i + "]"
}

// variable finds the variable that a value is first stored in or read from,
// by what the debug references of go/ssa say.
func (b *builder) variable(v ssa.Value) string {
	refs := v.Referrers()
	if refs == nil {
		return ""
	}
	best := token.NoPos
	name := ""
	for _, r := range *refs {
		d, ok := r.(*ssa.DebugRef)
		if !ok || d.IsAddr {
			continue
		}
		id, ok := d.Expr.(*ast.Ident)
		if !ok || id.Name == "_" {
			continue
		}
		if _, isVar := d.Object().(*types.Var); !isVar {
			continue
		}
		if best == token.NoPos || id.Pos() < best {
			best, name = id.Pos(), id.Name
		}
	}
	return name
}

// calleeName is the function of a call as written: worker, s.run, ctx.Done.
func (b *builder) calleeName(c *ssa.CallCommon, depth int) string {
	if c.IsInvoke() {
		return join(b.nameOf(c.Value, depth), c.Method.Name())
	}
	if f := c.StaticCallee(); f != nil {
		if f.Parent() != nil {
			return "func literal"
		}
		obj, _ := f.Object().(*types.Func)
		if obj == nil {
			return f.Name()
		}
		if obj.Signature().Recv() != nil && len(c.Args) > 0 {
			return join(b.nameOf(c.Args[0], depth), obj.Name())
		}
		if obj.Pkg() != nil && obj.Pkg() != b.p.pkg {
			return obj.Pkg().Name() + "." + obj.Name()
		}
		return obj.Name()
	}
	return b.nameOf(c.Value, depth)
}

// callName is the Name of a call: the receiver of a method, the function otherwise.
func (b *builder) callName(c *ssa.CallCommon) string {
	var s string
	if f := c.StaticCallee(); f != nil && !c.IsInvoke() {
		if obj, _ := f.Object().(*types.Func); obj != nil && obj.Signature().Recv() != nil && len(c.Args) > 0 {
			s = b.nameOf(c.Args[0], 8)
		}
	} else if c.IsInvoke() {
		s = b.nameOf(c.Value, 8)
	}
	if s == "" {
		s = b.calleeName(c, 8)
	}
	if len(s) > maxName {
		return ""
	}
	return s
}

func join(recv, name string) string {
	if recv == "" {
		return name
	}
	return recv + "." + name
}

// shortName is what a user calls the function: Fetch, (*worker).run, function literal in Fetch.
func shortName(fn *ssa.Function) string {
	if fn.Parent() != nil {
		outer := outermost(fn)
		if outer.Synthetic == "package initializer" {
			return "package-level function literal"
		}
		return "function literal in " + shortName(outer)
	}
	obj, _ := fn.Object().(*types.Func)
	if obj == nil {
		name, _, _ := strings.Cut(fn.Name(), "#")
		return name
	}
	recv := obj.Signature().Recv()
	if recv == nil {
		return obj.Name()
	}
	t := types.Unalias(recv.Type())
	p, isPtr := t.(*types.Pointer)
	if isPtr {
		t = types.Unalias(p.Elem())
	}
	n, ok := t.(*types.Named)
	switch {
	case !ok:
		return obj.Name()
	case isPtr:
		return "(*" + n.Obj().Name() + ")." + obj.Name()
	}
	return n.Obj().Name() + "." + obj.Name()
}

// outermost is the declared function around a literal.
func outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// ownPath is the path of a package, without what tells its variants for tests apart.
func ownPath(pkg *types.Package) string {
	path, _, _ := strings.Cut(pkg.Path(), " ")
	return unvendored(path)
}

// unvendored is a name without the folder in which the Go distribution keeps
// its copies of other modules' packages.
func unvendored(name string) string {
	if i := strings.Index(name, "vendor/"); i >= 0 {
		start := strings.LastIndexAny(name[:i], "(*") + 1
		if folder := name[start:i]; folder == "" || folder == "cmd/" {
			return name[:start] + name[i+len("vendor/"):]
		}
	}
	return name
}
