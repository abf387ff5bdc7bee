package copylock

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/concheck/concheck/analyzers/internal/check"
)

//go:embed doc.go
var doc string

// Analyzer reports copies of locks.
var Analyzer = check.New(check.Spec{
	Name:      "copylock",
	Doc:       doc,
	Run:       run,
	Requires:  []*analysis.Analyzer{inspect.Analyzer},
	FactTypes: []analysis.Fact{new(copies)},
})

// checker looks for copies in one package.
type checker struct {
	pass   *check.Pass
	info   *types.Info
	bodies *declarations
	locks  *lockFinder
	file   *ast.File // the one at hand

	generics *summaries
}

func run(pass *check.Pass) error {
	bodies := declarationsOf(pass.Pass)
	c := &checker{
		pass:   pass,
		info:   pass.TypesInfo,
		bodies: bodies,
		locks:  newLockFinder(pass.Pass, bodies),

		generics: summarize(pass.Pass, bodies),
	}
	if !c.relevant() {
		return nil
	}
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	for file := range root.Children() {
		c.file = file.Node().(*ast.File)
		for decl := range file.Children() {
			pass.Each(func() { c.declaration(decl) })
		}
	}
	return nil
}

// relevant reports whether the package has anything to copy: it imports sync
// or sync/atomic, or one of its expressions has a type with a lock in it.
func (c *checker) relevant() bool {
	for _, p := range c.pass.Pkg.Imports() {
		if p.Path() == "sync" || p.Path() == "sync/atomic" {
			return true
		}
	}
	for _, tv := range c.info.Types {
		if c.locks.in(tv.Type) != nil {
			return true
		}
	}
	return false
}

// copying lists the kinds of nodes that may copy a value.
var copying = []ast.Node{
	(*ast.AssignStmt)(nil),
	(*ast.CallExpr)(nil),
	(*ast.CompositeLit)(nil),
	(*ast.FuncDecl)(nil),
	(*ast.FuncLit)(nil),
	(*ast.Ident)(nil),
	(*ast.IndexExpr)(nil),
	(*ast.RangeStmt)(nil),
	(*ast.ReturnStmt)(nil),
	(*ast.SelectorExpr)(nil),
	(*ast.SendStmt)(nil),
	(*ast.TypeSwitchStmt)(nil),
	(*ast.ValueSpec)(nil),
}

func (c *checker) declaration(decl inspector.Cursor) {
	for cur := range decl.Preorder(copying...) {
		switch n := cur.Node().(type) {
		case *ast.AssignStmt:
			c.assignment(cur, n)
		case *ast.CallExpr:
			c.call(n)
		case *ast.CompositeLit:
			c.literal(n)
		case *ast.FuncDecl:
			c.receiver(cur, n)
			c.parameters(n.Name.Name, n.Type)
		case *ast.FuncLit:
			c.parameters("the function literal", n.Type)
		case *ast.Ident:
			c.instance(cur, n, n)
		case *ast.IndexExpr:
			c.mapKey(cur, n)
		case *ast.RangeStmt:
			c.rangeClause(cur, n)
		case *ast.ReturnStmt:
			c.results(cur, n)
		case *ast.SelectorExpr:
			c.methodValue(cur, n)
			c.instance(cur, n, n.Sel)
		case *ast.SendStmt:
			c.send(n)
		case *ast.TypeSwitchStmt:
			c.typeSwitch(cur, n)
		case *ast.ValueSpec:
			c.variables(cur, n)
		}
	}
}

// report tells of a copy: "WHAT copies LOCK: CAUSE; ADVICE".
func (c *checker) report(at ast.Node, category, what string, l *lock, cause, advice string, fixes ...analysis.SuggestedFix) {
	c.pass.Report(analysis.Diagnostic{
		Pos:            at.Pos(),
		End:            at.End(),
		Category:       "copylock/" + category,
		Message:        fmt.Sprintf("%s copies %s: %s; %s", what, l.noun, l.cause(cause), advice),
		SuggestedFixes: fixes,
	})
}

// copied returns the lock that is copied where the value of e is stored
// elsewhere, or nil if it has none or e is a fresh value.
func (c *checker) copied(e ast.Expr) *lock {
	e = ast.Unparen(e)
	if c.isFresh(e) {
		return nil
	}
	tv, ok := c.info.Types[e]
	if !ok || !tv.IsValue() {
		return nil
	}
	l := c.locks.in(tv.Type)
	if l != nil && l.weak && c.isUnusedLocal(e) {
		return nil
	}
	return l
}

// exprString is the source of an operand, short enough for a message.
func exprString(e ast.Expr) string {
	const longest = 40
	s := types.ExprString(ast.Unparen(e))
	if len(s) > longest {
		return "the value"
	}
	return s
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// enclosingFunc returns the type and the body of the innermost function that
// cur is in.
func enclosingFunc(cur inspector.Cursor) (*ast.FuncType, *ast.BlockStmt) {
	for up := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch f := up.Node().(type) {
		case *ast.FuncDecl:
			return f.Type, f.Body
		case *ast.FuncLit:
			return f.Type, f.Body
		}
	}
	return nil, nil
}

// enclosingBody is the body of the function declaration, or of the outermost
// literal, that pos is in.
func (c *checker) enclosingBody(pos token.Pos) ast.Node {
	for _, decl := range c.file.Decls {
		if decl.Pos() <= pos && pos < decl.End() {
			return decl
		}
	}
	return nil
}
