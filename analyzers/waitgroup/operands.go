package waitgroup

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// This file recognizes the operations on WaitGroups, and names the WaitGroup
// that each is on. Two operands are the same if they name the same variable
// and fields; aliases are not looked for.

// An op is one call of a method of sync.WaitGroup.
type op struct {
	kind   opKind
	call   *ast.CallExpr
	on     operand
	n      int64     // what Add adds, 0 if unknown
	always bool      // not in a branch or loop
	site   token.Pos // of the call, or of the one in the function at hand that leads to it
}

type opKind int

const (
	opAdd opKind = iota
	opDone
	opWait
	opGo
)

// An operand names a WaitGroup: a variable, and the fields from it on.
type operand struct {
	root *types.Var
	path string
	last *types.Var // the last field, or root
}

func (o operand) known() bool { return o.root != nil }

// operandID compares operands.
type operandID struct {
	root *types.Var
	path string
}

func (o operand) id() operandID { return operandID{o.root, o.path} }

// operation returns the operation on a WaitGroup that a call is.
func (b *bodies) operation(n *ast.CallExpr) (op, bool) {
	fn, ok := typeutil.Callee(b.info, n).(*types.Func)
	if !ok || !isWaitGroupMethod(fn) {
		return op{}, false
	}
	sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok {
		return op{}, false
	}
	o := op{call: n, on: b.receiver(sel)}
	switch fn.Name() {
	case "Add":
		if tv := b.info.Types[n.Args[0]]; tv.Value != nil {
			o.n, _ = constant.Int64Val(constant.ToInt(tv.Value))
			if o.n < 0 {
				o.kind = opDone
			}
		}
	case "Done":
		o.kind = opDone
	case "Wait":
		o.kind = opWait
	case "Go":
		o.kind = opGo
	default:
		return op{}, false
	}
	return o, true
}

func isWaitGroupMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || fn.Pkg() == nil || fn.Pkg().Path() != "sync" {
		return false
	}
	return isWaitGroup(recv.Type())
}

// isWaitGroup reports whether t is sync.WaitGroup or a pointer to it.
func isWaitGroup(t types.Type) bool {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "WaitGroup" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "sync"
}

// operandOf returns the variable and fields that e names, through pointers and
// from addresses. Elements count as fields, by the text of their index.
func (b *bodies) operandOf(e ast.Expr) operand {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := b.info.ObjectOf(e).(*types.Var); ok {
			return operand{root: v, last: v}
		}
	case *ast.StarExpr:
		return b.operandOf(e.X)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return b.operandOf(e.X)
		}
	case *ast.IndexExpr:
		if o := b.operandOf(e.X); o.known() {
			o.path += "[" + types.ExprString(e.Index) + "]"
			return o
		}
	case *ast.SelectorExpr:
		sel := b.info.Selections[e]
		if sel == nil { // of an imported package
			return b.operandOf(e.Sel)
		}
		if sel.Kind() == types.FieldVal {
			return b.fields(e, sel.Index())
		}
	}
	return operand{}
}

// receiver returns what the method of sel is called on, which may be an
// embedded field.
func (b *bodies) receiver(e *ast.SelectorExpr) operand {
	sel := b.info.Selections[e]
	if sel == nil {
		return operand{}
	}
	index := sel.Index()
	return b.fields(e, index[:len(index)-1])
}

// fields follows a path of field indices from the operand of e.
func (b *bodies) fields(e *ast.SelectorExpr, index []int) operand {
	o := b.operandOf(e.X)
	if !o.known() {
		return o
	}
	t := b.info.TypeOf(e.X)
	for _, i := range index {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		s, ok := t.Underlying().(*types.Struct)
		if !ok {
			return operand{}
		}
		o.last = s.Field(i)
		o.path += "." + o.last.Name()
		t = o.last.Type()
	}
	return o
}

// operandString is the source of what a method is called on.
func operandString(n *ast.CallExpr) string {
	if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
		return types.ExprString(sel.X)
	}
	return "the WaitGroup"
}

func isPackageLevel(v *types.Var) bool {
	return v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}
