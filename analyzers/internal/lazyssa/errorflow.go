package lazyssa

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"

	"golang.org/x/tools/go/types/typeutil"
)

// What the errors in the variables of a function are at its returns: a forward
// pass over the statements, in their order. Must.

// A nilness is what is known of an error in a variable or at a return.
type nilness struct {
	kind nilKind
	of   *types.Var // asParam: what stands for the parameter as it was at entry
	set  int        // which assignment it comes from
}

type nilKind int

const (
	maybeNil nilKind = iota
	neverNil
	alwaysNil
	asParam // nil exactly if a parameter was at entry
)

// errorFlow follows the errors of one function.
type errorFlow struct {
	m       *errorMakers
	wild    map[*types.Var]bool // variables that function literals or pointers change
	returns []nilReturn
	written int // return statements
	sets    int
	failed  bool // a return of something else, or nobody can tell
}

// nilReturn is a return, with what its branch tells of the parameters.
type nilReturn struct {
	gives nilness
	env   nilEnv
}

// nilEnv is what is known of variables at a statement.
type nilEnv map[*types.Var]nilness

// findWild finds the variables that change out of the order of statements, and
// counts the returns.
func (f *errorFlow) findWild(body ast.Node) {
	depth := 0
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			depth++
			ast.Inspect(n.Body, visit)
			depth--
			return false
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if v := f.variable(l); v != nil && depth > 0 {
					f.wild[v] = true
				}
			}
		case *ast.UnaryExpr:
			if v := f.variable(n.X); n.Op == token.AND && v != nil {
				f.wild[v] = true
			}
		case *ast.ReturnStmt:
			if depth == 0 {
				f.written++
			}
		case *ast.BranchStmt:
			f.failed = f.failed || n.Tok == token.GOTO
		}
		return true
	}
	ast.Inspect(body, visit)
}

// variable returns the local variable or parameter that an expression names.
func (f *errorFlow) variable(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := f.m.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return nil
	}
	return v
}

// block goes through statements, and reports whether control comes to their end.
func (f *errorFlow) block(list []ast.Stmt, env nilEnv) bool {
	for _, s := range list {
		if !f.stmt(s, env) {
			return false
		}
	}
	return true
}

func (f *errorFlow) stmt(s ast.Stmt, env nilEnv) bool {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		if len(s.Results) != 1 {
			f.failed = true
			return false
		}
		f.returns = append(f.returns, nilReturn{f.value(s.Results[0], env), maps.Clone(env)})
		return false
	case *ast.AssignStmt:
		for i, l := range s.Lhs {
			v := f.variable(l)
			if v == nil {
				continue
			}
			if len(s.Lhs) == len(s.Rhs) && types.Identical(v.Type(), errorType) {
				f.assign(env, v, f.value(s.Rhs[i], env))
			} else {
				f.assign(env, v, nilness{})
			}
		}
	case *ast.DeclStmt:
		f.declare(s, env)
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok {
			if id, ok := call.Fun.(*ast.Ident); ok {
				if b, ok := f.m.pass.TypesInfo.Uses[id].(*types.Builtin); ok && b.Name() == "panic" {
					return false
				}
			}
		}
	case *ast.BlockStmt:
		return f.block(s.List, env)
	case *ast.IfStmt:
		return f.branch(s, env)
	case *ast.BranchStmt:
		return false
	case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
		f.inside(s, env)
	case *ast.LabeledStmt:
		if _, ok := s.Stmt.(*ast.BlockStmt); ok {
			f.failed = true // a break may lead behind it
		}
		return f.stmt(s.Stmt, env)
	}
	return true
}

// declare takes the variables that a declaration sets.
func (f *errorFlow) declare(s *ast.DeclStmt, env nilEnv) {
	gen, ok := s.Decl.(*ast.GenDecl)
	if !ok {
		return
	}
	for _, spec := range gen.Specs {
		vs, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, name := range vs.Names {
			v := f.variable(name)
			switch {
			case v == nil || !types.Identical(v.Type(), errorType):
			case len(vs.Values) == 0:
				f.assign(env, v, nilness{kind: alwaysNil})
			case len(vs.Values) == len(vs.Names):
				f.assign(env, v, f.value(vs.Values[i], env))
			}
		}
	}
}

// branch goes through an if statement.
func (f *errorFlow) branch(s *ast.IfStmt, env nilEnv) bool {
	if s.Init != nil {
		f.stmt(s.Init, env)
	}
	then, other := maps.Clone(env), maps.Clone(env)
	if v, eq := f.nilTest(s.Cond); v != nil && !f.wild[v] {
		isNil, not := nilness{kind: alwaysNil}, nilness{kind: neverNil}
		if !eq {
			isNil, not = not, isNil
		}
		f.learn(then, v, isNil)
		f.learn(other, v, not)
	}
	ends := !f.block(s.Body.List, then)
	otherEnds := false
	if s.Else != nil {
		otherEnds = !f.stmt(s.Else, other)
	}
	switch {
	case ends && otherEnds:
		return false
	case ends:
		clear(env)
		maps.Copy(env, other)
	case otherEnds:
		clear(env)
		maps.Copy(env, then)
	default:
		f.join(env, then, other)
	}
	return true
}

// join leaves in env, which is what was known before, what is known behind both
// ways from there.
func (f *errorFlow) join(env, then, other nilEnv) {
	for v, n := range then {
		switch was, before := env[v]; {
		case n.set == other[v].set && before && was.set == n.set: // nobody has assigned it
		case n.kind == other[v].kind && n.of == other[v].of:
			env[v] = n
		default:
			f.sets++
			env[v] = nilness{set: f.sets}
		}
	}
	for v := range other {
		if _, ok := then[v]; !ok {
			delete(env, v)
		}
	}
}

// assign notes what a variable holds from here on.
func (f *errorFlow) assign(env nilEnv, v *types.Var, n nilness) {
	f.sets++
	n.set = f.sets
	env[v] = n
}

// learn notes what a test tells of a variable, and of the parameter it goes with.
func (f *errorFlow) learn(env nilEnv, v *types.Var, n nilness) {
	was, ok := env[v]
	if !ok {
		env[v] = n
	}
	for o, known := range env {
		if o == v || was.kind == asParam && known.kind == asParam && known.of == was.of {
			n.set = known.set
			env[o] = n
		}
	}
}

// nilTest takes a comparison of a variable with nil apart.
func (f *errorFlow) nilTest(cond ast.Expr) (v *types.Var, eq bool) {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || b.Op != token.EQL && b.Op != token.NEQ {
		return nil, false
	}
	x, y := b.X, b.Y
	if f.isNil(x) {
		x, y = y, x
	}
	if !f.isNil(y) {
		return nil, false
	}
	return f.variable(x), b.Op == token.EQL
}

func (f *errorFlow) isNil(e ast.Expr) bool { return f.m.pass.TypesInfo.Types[e].IsNil() }

// inside goes through the statements within one that may run any number of
// times, or none: what it assigns is not known within or behind it.
func (f *errorFlow) inside(s ast.Stmt, env nilEnv) {
	ast.Inspect(s, func(n ast.Node) bool {
		var set []ast.Expr
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.AssignStmt:
			set = n.Lhs
		case *ast.RangeStmt:
			set = []ast.Expr{n.Key, n.Value}
		}
		for _, l := range set {
			if l == nil {
				continue
			}
			if v := f.variable(l); v != nil {
				f.assign(env, v, nilness{})
			}
		}
		return true
	})
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BlockStmt:
			if clauses(n) {
				return true
			}
			f.block(n.List, maps.Clone(env))
			return false
		case *ast.CaseClause:
			f.block(n.Body, maps.Clone(env))
			return false
		case *ast.CommClause:
			f.block(n.Body, maps.Clone(env))
			return false
		}
		return true
	})
}

// clauses reports whether a block is that of a switch or a select.
func clauses(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch b.List[0].(type) {
	case *ast.CaseClause, *ast.CommClause:
		return true
	}
	return false
}

// value tells what is known of an expression that becomes an error.
func (f *errorFlow) value(e ast.Expr, env nilEnv) nilness {
	e = ast.Unparen(e)
	tv, ok := f.m.pass.TypesInfo.Types[e]
	switch {
	case !ok:
		return nilness{}
	case tv.IsNil():
		return nilness{kind: alwaysNil}
	case tv.Type == nil:
		return nilness{}
	}
	if _, param := types.Unalias(tv.Type).(*types.TypeParam); param {
		return nilness{}
	}
	if _, tuple := tv.Type.(*types.Tuple); tuple {
		return nilness{}
	}
	if !types.IsInterface(tv.Type) {
		return nilness{kind: neverNil} // even if it holds a nil pointer
	}
	switch e := e.(type) {
	case *ast.Ident:
		if v := f.variable(e); v != nil && !f.wild[v] {
			return env[v]
		}
	case *ast.CallExpr:
		if f.m.pass.TypesInfo.Types[e.Fun].IsType() && len(e.Args) == 1 {
			return f.value(e.Args[0], env)
		}
		fn := typeutil.Callee(f.m.pass.TypesInfo, e)
		if fn == nil {
			return nilness{}
		}
		switch made := f.m.of(fn); {
		case made == nil:
		case made.Of < 0:
			return nilness{kind: neverNil}
		case made.Of < len(e.Args) && len(e.Args) >= fn.Type().Underlying().(*types.Signature).Params().Len()-1:
			return f.value(e.Args[made.Of], env)
		}
	}
	return nilness{}
}
