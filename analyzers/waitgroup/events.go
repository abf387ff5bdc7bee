package waitgroup

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/concheck/concheck/analyzers/internal/check"
)

// This file lists what a function does to WaitGroups, in the order of the
// source: its own calls, and those of the functions of the package that it
// calls, in terms of the caller's variables. It is a may-list (an operation in
// a branch is in it), with a mark on what happens on each path that does not
// leave the function before. Bounds: maxInline calls deep. Ignored: loops (an
// operation in one counts once), calls of function values and interfaces,
// aliases of a WaitGroup in other variables.

const maxInline = 3

// events is what a function does.
type events struct {
	ops      []op
	blocks   []token.Pos        // where it takes a lock or waits
	order    map[ast.Node]int   // how many blocks come before a call
	handsOut map[operandID]bool // given to other goroutines or unknown functions; true: with what it refers to
	exits    bool               // it has a return, break, continue or goto
	calls    bool               // it calls other functions than those of ops, before it returns
}

func (e events) has(kind opKind, on operand) bool {
	for _, o := range e.ops {
		if o.kind == kind && o.on.id() == on.id() {
			return true
		}
	}
	return false
}

// sharesWith reports whether others may operate on the WaitGroup meanwhile.
func (e events) sharesWith(on operand) bool {
	if _, ok := e.handsOut[on.id()]; ok {
		return true
	}
	for id, deep := range e.handsOut {
		if deep && id.root == on.root && strings.HasPrefix(on.path, id.path) {
			return true
		}
	}
	return false
}

// blocksBefore reports whether a lock or a wait comes before the call.
func (e events) blocksBefore(call *ast.CallExpr) bool { return e.order[call] > 0 }

// A function is one that is about to run: its body, and what its parameters
// stand for in the terms of the caller.
type function struct {
	body   *ast.BlockStmt
	lit    *ast.FuncLit // if it is one
	params map[*types.Var]operand
}

// bodies finds functions and what they do.
type bodies struct {
	pass  *check.Pass
	info  *types.Info
	decls map[*types.Func]*ast.FuncDecl

	known    map[*ast.BlockStmt]events
	traits   map[*ast.BlockStmt]traits
	literals map[*types.Var]*ast.FuncLit // found when first asked for
}

func newBodies(pass *check.Pass) *bodies {
	b := &bodies{pass: pass, info: pass.TypesInfo, decls: map[*types.Func]*ast.FuncDecl{},
		known: map[*ast.BlockStmt]events{}, traits: map[*ast.BlockStmt]traits{}}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if fd, ok := decl.(*ast.FuncDecl); ok && fd.Body != nil {
				if fn, ok := b.info.Defs[fd.Name].(*types.Func); ok {
					b.decls[fn] = fd
				}
			}
		}
	}
	return b
}

// events lists what a function does, in the terms of its caller.
func (b *bodies) events(f function) events {
	if e, ok := b.known[f.body]; ok && len(f.params) == 0 {
		return e
	}
	w := walker{bodies: b, events: events{order: map[ast.Node]int{}, handsOut: map[operandID]bool{}}}
	w.block(f, true)
	if len(f.params) == 0 {
		b.known[f.body] = w.events
	}
	return w.events
}

// walker collects the events of one function.
type walker struct {
	*bodies
	events
	depth int
	site  token.Pos // of the call in the outermost function, if depth > 0
	apart bool      // in another goroutine, or at another time
}

func (w *walker) block(f function, always bool) {
	for _, stmt := range f.body.List {
		w.statement(f, stmt, always)
	}
}

func (w *walker) statement(f function, stmt ast.Stmt, always bool) {
	switch s := stmt.(type) {
	case *ast.BlockStmt:
		inner := f
		inner.body = s
		w.block(inner, always)
	case *ast.LabeledStmt:
		w.statement(f, s.Stmt, always)
	case *ast.ExprStmt, *ast.DeferStmt, *ast.AssignStmt, *ast.SendStmt, *ast.DeclStmt:
		w.node(f, s, always)
	default:
		w.node(f, s, false)
	}
}

// node walks over anything else than a list of statements.
func (w *walker) node(f function, n ast.Node, always bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			w.other(func() { w.call(f, n.Call, false) })
			return false
		case *ast.FuncLit:
			w.other(func() { w.inlined(f, function{body: n.Body, lit: n}, n.Pos(), false) })
			return false
		case *ast.ReturnStmt, *ast.BranchStmt:
			w.exits = true
		case *ast.SelectStmt:
			w.blocked(n)
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				w.blocked(n)
			}
		case *ast.RangeStmt:
			if _, ok := w.info.TypeOf(n.X).Underlying().(*types.Chan); ok {
				w.blocked(n)
			}
		case *ast.CallExpr:
			w.call(f, n, always)
			return false
		}
		return true
	})
}

// call handles a call and its operands.
func (w *walker) call(f function, n *ast.CallExpr, always bool) {
	for _, arg := range n.Args {
		w.node(f, arg, always)
	}
	if o, ok := w.operation(n); ok {
		w.operate(f, o, always)
		return
	}
	w.calls = w.calls || !w.apart && !w.isPure(n)
	callee, ok := w.called(n)
	if !ok {
		w.node(f, n.Fun, always)
		w.unknown(f, n)
		return
	}
	if callee.lit == nil {
		traits := w.traitsOf(callee.body)
		if traits.blocks {
			w.blocked(n)
		}
		if !traits.counts {
			return
		}
	}
	if w.depth >= maxInline {
		w.unknown(f, n)
		return
	}
	for p, o := range callee.params {
		callee.params[p] = f.resolve(o)
	}
	w.inlined(f, callee, n.Pos(), always)
}

// inlined walks over a function that is called at pos.
func (w *walker) inlined(f, callee function, pos token.Pos, always bool) {
	if w.depth >= maxInline {
		return
	}
	if callee.lit != nil && len(f.params) > 0 { // it sees f's variables
		params := maps.Clone(f.params)
		maps.Copy(params, callee.params)
		callee.params = params
	}
	if w.depth == 0 {
		w.site = pos
	}
	w.depth++
	exits := w.exits
	w.block(callee, always)
	w.exits = exits
	w.depth--
}

// other walks over what happens in another goroutine, or at another time.
func (w *walker) other(walk func()) {
	apart, blocks := w.apart, w.blocks
	w.apart = true
	walk()
	w.apart, w.blocks = apart, blocks
}

func (w *walker) operate(f function, o op, always bool) {
	o.on = f.resolve(o.on)
	if w.apart {
		if _, ok := w.handsOut[o.on.id()]; !ok {
			w.handsOut[o.on.id()] = false
		}
		return
	}
	o.always = always
	o.site = o.call.Pos()
	if w.depth > 0 {
		o.site = w.site
	}
	w.order[o.call] = len(w.blocks)
	w.ops = append(w.ops, o)
	if o.kind == opWait {
		w.blocked(o.call)
	}
}

// unknown notes what is handed to a function that is not walked over. In this
// goroutine it is no more than the WaitGroups named themselves; another may do
// anything to what its arguments refer to.
func (w *walker) unknown(f function, n *ast.CallExpr) {
	if w.mayBlock(n) {
		w.blocked(n)
	}
	for _, arg := range n.Args {
		o := w.operandOf(arg)
		if !o.known() {
			continue
		}
		if w.apart || isWaitGroup(o.last.Type()) {
			w.handsOut[f.resolve(o).id()] = w.apart
		}
	}
	if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && w.apart {
		if o := w.operandOf(sel.X); o.known() {
			w.handsOut[f.resolve(o).id()] = true
		}
	}
}

func (w *walker) blocked(n ast.Node) { w.blocks = append(w.blocks, n.Pos()) }

// isPure reports whether a call is a conversion or of a builtin function.
func (b *bodies) isPure(n *ast.CallExpr) bool {
	tv := b.info.Types[n.Fun]
	return tv.IsType() || tv.IsBuiltin()
}

// mayBlock reports whether a call takes a lock or waits, going by its name.
func (b *bodies) mayBlock(n *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(b.info, n).(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return false
	}
	switch fn.Name() {
	case "Lock", "RLock", "TryLock", "TryRLock", "Acquire", "Wait":
		return true
	}
	return false
}

// resolve expresses an operand of f in the terms of f's caller.
func (f function) resolve(o operand) operand {
	base, ok := f.params[o.root]
	if !ok {
		return o
	}
	if !base.known() {
		return operand{}
	}
	base.path += o.path
	if o.path != "" {
		base.last = o.last
	}
	return base
}

// around returns the operations of the declaration around n that come before
// it, without those of other goroutines, and what the innermost function
// around n does.
func (b *bodies) around(cur inspector.Cursor, n ast.Node) (before []op, inner events) {
	for up := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		var body *ast.BlockStmt
		switch f := up.Node().(type) {
		case *ast.FuncDecl:
			body = f.Body
		case *ast.FuncLit:
			body = f.Body
		}
		all := b.events(function{body: body})
		if inner.order == nil {
			inner = all
		}
		for _, o := range all.ops {
			if o.site < n.Pos() {
				before = append(before, o)
			}
		}
	}
	return before, inner
}
