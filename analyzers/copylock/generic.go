package copylock

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// This file finds which values of their type parameters generic functions
// copy: a may-property of each function, by the syntax of its body and the
// summaries of the generic functions that it instantiates with its own
// parameters. Only values that are reached through a pointer, a slice, a map
// or a global count; a parameter or a variable of type T is the copy of what
// the caller handed over, and was looked at there. The summaries travel as
// facts; those of slices and maps are a table, so that no host need analyse
// the standard library.

// copies is the fact of a generic function or method: the indices of the type
// parameters (of the receiver, for a method) whose values it copies.
type copies struct{ Params []int }

func (*copies) AFact() {}

func (c *copies) String() string { return fmt.Sprintf("copies%v", c.Params) }

// standardCopies lists functions of the standard library that copy the
// elements of their arguments.
var standardCopies = map[string][]string{
	"maps":   {"Clone", "Copy"},
	"slices": {"Clone", "Compact", "CompactFunc", "Concat", "Delete", "DeleteFunc", "Insert", "MaxFunc", "MinFunc", "Repeat", "Replace", "Reverse", "SortFunc", "SortStableFunc"},
}

// summaries knows what generic functions copy.
type summaries struct {
	pass   *analysis.Pass
	bodies *declarations
	of     map[*types.Func]*copies
}

// summarize computes the summaries of the package's generic functions, to a
// fixpoint, and exports them.
func summarize(pass *analysis.Pass, bodies *declarations) *summaries {
	s := &summaries{pass: pass, bodies: bodies, of: map[*types.Func]*copies{}}
	var generic []*types.Func
	for fn, decl := range bodies.of {
		if decl.Body != nil && typeParams(fn).Len() > 0 {
			generic = append(generic, fn)
		}
	}
	slices.SortFunc(generic, func(a, b *types.Func) int { return int(a.Pos()) - int(b.Pos()) })
	for changed := true; changed; {
		changed = false
		for _, fn := range generic {
			params := s.copiedIn(fn)
			if old := s.of[fn]; len(params) > 0 && (old == nil || len(old.Params) < len(params)) {
				s.of[fn] = &copies{Params: params}
				changed = true
			}
		}
	}
	for _, fn := range generic {
		if c := s.of[fn]; c != nil {
			pass.ExportObjectFact(fn, c)
		}
	}
	return s
}

// typeParams returns the type parameters of a function, or of a method's
// receiver.
func typeParams(fn *types.Func) *types.TypeParamList {
	if recv := fn.Signature().RecvTypeParams(); recv.Len() > 0 {
		return recv
	}
	return fn.Signature().TypeParams()
}

// copiedBy returns the type parameters whose values fn copies.
func (s *summaries) copiedBy(fn *types.Func) []int {
	if c := s.of[fn]; c != nil {
		return c.Params
	}
	if fn.Pkg() == nil || fn.Pkg() == s.pass.Pkg {
		return nil
	}
	if slices.Contains(standardCopies[fn.Pkg().Path()], fn.Name()) {
		all := make([]int, typeParams(fn).Len())
		for i := range all {
			all[i] = i
		}
		return all
	}
	var c copies
	if typeParams(fn).Len() > 0 && s.pass.ImportObjectFact(fn, &c) {
		return c.Params
	}
	return nil
}

// instance returns the generic function or method that an identifier stands
// for and the types that it is instantiated with.
func (s *summaries) instance(id *ast.Ident) (*types.Func, *types.TypeList) {
	fn, ok := s.pass.TypesInfo.Uses[id].(*types.Func)
	if !ok {
		return nil, nil
	}
	if inst, ok := s.pass.TypesInfo.Instances[id]; ok {
		return fn.Origin(), inst.TypeArgs
	}
	recv := fn.Signature().Recv()
	if recv == nil {
		return nil, nil
	}
	if named, ok := types.Unalias(pointee(recv.Type())).(*types.Named); ok {
		return fn.Origin(), named.TypeArgs()
	}
	return nil, nil
}

// copiedIn walks over the body of a generic function.
func (s *summaries) copiedIn(fn *types.Func) []int {
	w := &paramWalker{summaries: s, params: typeParams(fn)}
	if recv := fn.Signature().Recv(); recv != nil {
		w.add(recv.Type())
	}
	ast.Inspect(s.bodies.of[fn].Body, func(n ast.Node) bool {
		w.node(n)
		return true
	})
	slices.Sort(w.found)
	return w.found
}

// paramWalker collects the type parameters whose values are copied.
type paramWalker struct {
	*summaries
	params *types.TypeParamList
	found  []int
}

func (w *paramWalker) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		w.operands(n.Rhs)
	case *ast.ValueSpec:
		w.operands(n.Values)
	case *ast.CompositeLit:
		for _, elt := range n.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			w.operand(elt)
		}
	case *ast.ReturnStmt:
		w.operands(n.Results)
	case *ast.SendStmt:
		w.operand(n.Value)
	case *ast.RangeStmt:
		if n.Value != nil && !isBlank(n.Value) {
			w.add(element(w.typeOf(n.X)))
		}
	case *ast.CallExpr:
		w.call(n)
	case *ast.Ident:
		w.instantiated(n)

	}
}

func (w *paramWalker) call(n *ast.CallExpr) {
	if b, ok := typeutil.Callee(w.pass.TypesInfo, n).(*types.Builtin); ok {
		switch b.Name() {
		case "copy", "append":
			if last := n.Args[len(n.Args)-1]; b.Name() == "copy" || n.Ellipsis.IsValid() {
				if _, fresh := ast.Unparen(last).(*ast.CallExpr); !fresh {
					w.add(element(w.typeOf(last)))
				}
			}
		default:
			return
		}
	}
	w.operands(n.Args)
}

func (w *paramWalker) operands(es []ast.Expr) {
	for _, e := range es {
		w.operand(e)
	}
}

// operand adds the parameters of e's type if e is a variable that others have,
// too.
func (w *paramWalker) operand(e ast.Expr) {
	tv := w.pass.TypesInfo.Types[e]
	if !tv.IsValue() {
		return
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v := rootVar(w.pass.TypesInfo, e); v != nil && isPackageLevel(v) {
			w.add(tv.Type)
		}
	case *ast.StarExpr:
		if _, fresh := ast.Unparen(e.X).(*ast.CallExpr); !fresh {
			w.add(tv.Type)
		}
	case *ast.SelectorExpr, *ast.IndexExpr:
		if rootVar(w.pass.TypesInfo, e) != nil && !heldByValue(w.pass.TypesInfo, e) {
			w.add(tv.Type)
		}
	}
}

// instantiated adds the parameters that a generic callee copies.
func (w *paramWalker) instantiated(id *ast.Ident) {
	fn, args := w.instance(id)
	if fn == nil {
		return
	}
	for _, i := range w.copiedBy(fn) {
		if i < args.Len() {
			w.add(args.At(i))
		}
	}
}

// add adds the type parameters that a value of type t holds.
func (w *paramWalker) add(t types.Type) { w.addWithin(t, 0) }

func (w *paramWalker) addWithin(t types.Type, depth int) {
	if t == nil || depth > maxDepth {
		return
	}
	if p, ok := types.Unalias(t).(*types.TypeParam); ok {
		for i := range w.params.Len() {
			if w.params.At(i) == p && !slices.Contains(w.found, i) {
				w.found = append(w.found, i)
			}
		}
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Array:
		w.addWithin(u.Elem(), depth+1)
	case *types.Struct:
		for field := range u.Fields() {
			w.addWithin(field.Type(), depth+1)
		}
	case *types.Tuple:
		if u.Len() > 0 {
			w.addWithin(u.At(0).Type(), depth+1)
		}
	}
}

func (w *paramWalker) typeOf(e ast.Expr) types.Type { return w.pass.TypesInfo.TypeOf(e) }

// element returns the type of the elements of a slice, an array, a pointer to
// one, or a map, also where t is a type parameter that stands for such.
func element(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if p, ok := types.Unalias(t).(*types.TypeParam); ok {
		ts := terms(p)
		if len(ts) == 0 {
			return nil
		}
		t = ts[0]
	}
	switch u := pointee(t).Underlying().(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	}
	return nil
}

// instance reports the use of a generic function, or of a method of a generic
// type, that copies values of a type that holds a lock. The copies that its
// arguments already show are not reported again.
func (c *checker) instance(cur inspector.Cursor, at ast.Expr, id *ast.Ident) {
	if at == id && cur.ParentEdgeKind() == edge.SelectorExpr_Sel {
		return
	}
	fn, args := c.generics.instance(id)
	if fn == nil || args.Len() == 0 || c.showsCopy(cur) {
		return
	}
	for _, i := range c.generics.copiedBy(fn) {
		if i >= args.Len() {
			continue
		}
		if l := c.locks.in(args.At(i)); l != nil && !mentionsParam(args.At(i)) {
			name := types.TypeString(args.At(i), types.RelativeTo(c.pass.Pkg))
			c.report(at, "generic", exprString(at)+" for "+name, l, name, "use it with *"+name)
			return
		}
	}
}

// showsCopy reports whether the expression is the function of a call with an
// argument that is itself reported.
func (c *checker) showsCopy(cur inspector.Cursor) bool {
	for cur.ParentEdgeKind() == edge.ParenExpr_X || cur.ParentEdgeKind() == edge.IndexExpr_X || cur.ParentEdgeKind() == edge.IndexListExpr_X {
		cur = cur.Parent()
	}
	if cur.ParentEdgeKind() != edge.CallExpr_Fun {
		return false
	}
	for _, arg := range cur.Parent().Node().(*ast.CallExpr).Args {
		if c.copied(arg) != nil {
			return true
		}
		if sig, ok := c.info.TypeOf(arg).Underlying().(*types.Signature); ok && c.locks.in(sig.Params()) != nil {
			return true
		}
	}
	return false
}

func mentionsParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}
