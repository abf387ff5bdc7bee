package extract

import (
	"go/types"
	"sort"

	"golang.org/x/tools/go/ssa"
)

// graph holds the functions of a package that have bodies, instances and
// wrappers included, and who calls whom or uses whom as a value.
type graph struct {
	p     *program
	funcs []*ssa.Function // sorted by position
	info  map[*ssa.Function]*node

	makers    map[*types.Named][]*ssa.Function // see findMakers, nil before it is asked for
	allocated map[types.Type]bool              // see zeroUsable, likewise
	inMain    map[*ssa.Function]bool           // see findInMain
	flags     map[*ssa.Global]bool             // see neverReset, likewise
}

// node is what is known of one function before it is translated.
type node struct {
	fn       *ssa.Function
	uses     []*ssa.Function       // called, spawned, deferred, captured, taken as a value
	calls    []ssa.CallInstruction // of this function, where that is plain
	taken    bool                  // used as a value by more than what calls it at once
	leaves   bool                  // its value goes to code or memory that is not followed
	onced    bool                  // given to a sync.Once in a global variable
	used     bool                  // called, or used as a value in another way
	makes    bool                  // makes a channel or lock or starts a goroutine, itself
	reaches  bool                  // or a function that it uses does
	wrapper  bool
	instance bool
}

func (p *program) collect() *graph {
	g := &graph{p: p, info: map[*ssa.Function]*node{}}
	var names []string
	for name := range p.in.Pkg.Members {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		switch m := p.in.Pkg.Members[name].(type) {
		case *ssa.Function:
			g.visit(m)
		case *ssa.Type:
			if n, ok := m.Type().(*types.Named); ok {
				for i := range n.NumMethods() {
					if fn := p.prog.FuncValue(n.Method(i)); fn != nil {
						g.visit(fn)
					}
				}
			}
		}
	}
	g.funcs = sortedFuncs(g.funcs)
	p.findDeclared(g)
	for _, fn := range g.funcs {
		g.scan(g.info[fn])
	}
	g.propagate()
	return g
}

// visit adds a function with a body, and those that it refers to.
func (g *graph) visit(fn *ssa.Function) {
	if fn == nil || fn.Blocks == nil || g.info[fn] != nil {
		return
	}
	n := &node{fn: fn, instance: fn.Origin() != nil && fn.Origin() != fn}
	n.wrapper = fn.Synthetic != "" && fn.Syntax() == nil
	g.info[fn] = n
	g.funcs = append(g.funcs, fn)
	for _, a := range fn.AnonFuncs {
		g.visit(a)
	}
	var ops [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			for _, op := range in.Operands(ops[:0]) {
				if f, ok := (*op).(*ssa.Function); ok {
					g.visit(f)
				}
			}
		}
	}
}

// scan fills in what one function uses and makes.
func (g *graph) scan(n *node) {
	var ops [16]*ssa.Value
	seen := map[*ssa.Function]bool{}
	for _, b := range n.fn.Blocks {
		for _, in := range b.Instrs {
			n.makes = n.makes || g.makes(in)
			for _, op := range in.Operands(ops[:0]) {
				f, ok := (*op).(*ssa.Function)
				if !ok {
					continue
				}
				if u := g.info[f]; u != nil {
					if !seen[f] {
						seen[f] = true
						n.uses = append(n.uses, f)
					}
					g.use(u, in, op)
				}
			}
		}
	}
}

// use notes one use of a function by an instruction.
func (g *graph) use(u *node, in ssa.Instruction, op *ssa.Value) {
	if _, ok := in.(*ssa.DebugRef); ok {
		return
	}
	once := onceInProcess(in)
	u.onced, u.used = u.onced || once, u.used || !once
	switch v := in.(type) {
	case ssa.CallInstruction:
		if c := v.Common(); &c.Value == op {
			u.calls = append(u.calls, v)
			return
		}
		u.taken = true
		u.leaves = u.leaves || !g.known(v)
	case *ssa.MakeClosure:
		for _, r := range *v.Referrers() {
			switch r := r.(type) {
			case *ssa.DebugRef:
			case ssa.CallInstruction:
				if c := r.Common(); c.Value == ssa.Value(v) && !c.IsInvoke() {
					u.calls = append(u.calls, r)
					continue
				}
				u.taken = true
				u.leaves = u.leaves || !g.known(r)
			default:
				u.taken, u.leaves = true, true
			}
		}
	default:
		u.taken, u.leaves = true, true
	}
}

// known reports whether a call is of a function whose skeleton we have.
func (g *graph) known(c ssa.CallInstruction) bool {
	t, _ := g.p.callee(c.Common())
	return t.body || t.model != nil
}

// makes reports whether an instruction makes a concurrency object or starts a goroutine.
func (g *graph) makes(in ssa.Instruction) bool {
	switch v := in.(type) {
	case *ssa.MakeChan, *ssa.Go:
		return true
	case *ssa.Alloc:
		for _, c := range g.p.lay.of(deref(v.Type())) {
			switch c {
			case 'w', 'c':
				return true // a lock alone harms nobody: package lockset looks at one goroutine's locks
			}
		}
	case ssa.CallInstruction:
		if t, _ := g.p.callee(v.Common()); t.model != nil {
			return g.p.summary(t.name).makes
		}
	}
	return false
}

// propagate computes reaches: backwards over uses, to a fixpoint.
func (g *graph) propagate() {
	users := map[*ssa.Function][]*node{}
	var work []*node
	for _, fn := range g.funcs {
		n := g.info[fn]
		for _, u := range n.uses {
			users[u] = append(users[u], n)
		}
		if n.makes {
			n.reaches = true
			work = append(work, n)
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for _, u := range users[n.fn] {
			if !u.reaches {
				u.reaches = true
				work = append(work, u)
			}
		}
	}
}

// eachGlobal calls do for each use of a global.
func (g *graph) eachGlobal(do func(in ssa.Instruction, v *ssa.Global)) {
	var ops [16]*ssa.Value
	for _, fn := range g.funcs {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				for _, op := range in.Operands(ops[:0]) {
					if v, ok := (*op).(*ssa.Global); ok {
						do(in, v)
					}
				}
			}
		}
	}
}
