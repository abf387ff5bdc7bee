package randprog

import (
	"fmt"
	"math/rand/v2"
)

// New makes the program of a seed: goroutines that work together, and then a
// few mistakes.
func New(seed uint64) *Program {
	g := &generator{rnd: rand.New(rand.NewPCG(seed, 17))}
	g.p = &Program{Seed: seed, Fields: g.chance(33), Count: map[byte]int{}}
	for range 1 + g.rnd.IntN(3) {
		g.p.Chans = append(g.p.Chans, g.pick(0, 0, 0, 0, 0, 1, 1, 1, 2))
	}
	if g.chance(5) {
		g.p.Chans[len(g.p.Chans)-1] = -1
	}
	// Each program has its theme: few kinds of object meet more often.
	for _, letter := range []byte("mrwk") {
		if g.chance(40) {
			g.p.Count[letter] = 1 + g.rnd.IntN(2)
		}
	}
	g.all = g.p.objects()
	g.objs = g.all
	if g.chance(30) {
		g.function()
	}
	g.cooperate()
	g.ops, g.goroutines = g.rnd.IntN(3), 0
	for g.ops > 0 {
		if st, ok := g.stmt(scope{depth: 1}); ok {
			g.insert(g.rnd.IntN(len(g.bodies)), false, st...)
		}
		if g.chance(20) {
			break
		}
	}
	for range g.pick(0, 0, 1, 1, 2) {
		g.mutate()
	}
	g.assemble()
	return g.p
}

type generator struct {
	p          *Program
	rnd        *rand.Rand
	all, objs  []string
	ops        int // operations that may still be made
	goroutines int // goroutines that may still be started
	inFunc     bool
	bodies     [][]Stmt // the first is main's
}

// scope is what surrounds a statement.
type scope struct {
	loop   bool
	depth  int
	inGo   bool
	noLoop bool // the statement runs often enough
}

func (g *generator) pick(options ...int) int { return options[g.rnd.IntN(len(options))] }

func (g *generator) chance(percent int) bool { return g.rnd.IntN(100) < percent }

// object picks an object of one of the given letters, "" if there is none.
func (g *generator) object(letters string) string {
	var names []string
	for _, name := range g.objs {
		for _, l := range []byte(letters) {
			if name[0] == l {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	return names[g.rnd.IntN(len(names))]
}

// function makes a function with one or two parameters, which are all it uses.
func (g *generator) function() {
	f := Func{Name: "f0"}
	outer := g.objs
	g.objs = nil
	for i := range 1 + g.rnd.IntN(2) {
		f.Params = append(f.Params, fmt.Sprintf("%c%d", g.all[g.rnd.IntN(len(g.all))][0], 5+i))
	}
	g.objs = f.Params
	g.ops, g.goroutines, g.inFunc = 3, 0, true
	f.Body = g.block(scope{depth: 1, inGo: true}, 1+g.rnd.IntN(3))
	g.objs, g.inFunc = outer, false
	g.p.Funcs = append(g.p.Funcs, f)
}

func (g *generator) block(s scope, n int) []Stmt {
	var list []Stmt
	for range n {
		if st, ok := g.stmt(s); ok {
			list = append(list, st...)
		}
	}
	return list
}

func (s scope) in() scope {
	s.depth++
	return s
}

func (g *generator) val(s scope) Val {
	switch {
	case s.loop && g.chance(40):
		return Val{Var: "i"}
	case g.chance(15):
		return Val{Var: "v"}
	}
	return Val{N: 1 + g.rnd.IntN(2)}
}

func (g *generator) cond(s scope) Cond {
	c := Cond{Var: "v", Op: []string{"eq", "ne", "lt", "ge"}[g.rnd.IntN(4)], N: g.rnd.IntN(3)}
	switch {
	case s.loop && g.chance(50):
		c.Var = "i"
	case g.chance(40):
		c.Var, c.Op = "ok", []string{"eq", "ne"}[g.rnd.IntN(2)]
	}
	return c
}

// stmt makes a statement, or a few that belong together.
func (g *generator) stmt(s scope) ([]Stmt, bool) {
	if g.ops <= 0 {
		return nil, false
	}
	one := func(st Stmt) ([]Stmt, bool) {
		g.ops--
		return []Stmt{st}, true
	}
	switch n := g.rnd.IntN(100); {
	case n < 14 && g.goroutines > 0 && !g.inFunc && s.depth < 2:
		return g.start(s), true
	case n < 26:
		if c := g.object("c"); c != "" {
			return one(Stmt{Kind: Send, Obj: c, Val: g.val(s)})
		}
	case n < 38:
		if c := g.object("c"); c != "" {
			return one(Stmt{Kind: []Kind{Recv, Recv2}[g.rnd.IntN(2)], Obj: c})
		}
	case n < 43:
		if c := g.object("c"); c != "" {
			return one(Stmt{Kind: Close, Obj: c})
		}
	case n < 47:
		if c := g.object("c"); c != "" && !s.loop && s.depth < 2 {
			return one(Stmt{Kind: Range, Obj: c, Body: g.block(scope{loop: false, depth: s.depth + 1, inGo: s.inGo, noLoop: true}, g.rnd.IntN(2))})
		}
	case n < 57:
		if g.object("c") != "" {
			return g.selectStmt(s), true
		}
	case n < 70:
		return g.lockStmt(s)
	case n < 78:
		return g.waitStmt(s)
	case n < 84 && !s.loop && !s.noLoop && s.depth < 2:
		in := s.in()
		in.loop = true
		return one(Stmt{Kind: Loop, N: 1 + g.pick(1, 1, 1, 2, 0), Body: g.block(in, 1+g.rnd.IntN(2))})
	case n < 86 && !s.loop && !s.noLoop && s.depth < 2:
		in := s.in()
		in.noLoop = true
		body := g.selectStmt(in)
		if c := body[0].Cases; len(c) > 0 && !body[0].Default {
			last := &c[len(c)-1]
			last.Body = append(last.Body, Stmt{Kind: []Kind{Break, Return}[g.rnd.IntN(2)]})
			return one(Stmt{Kind: Forever, Body: body})
		}
	case n < 93 && s.depth < 3:
		st := Stmt{Kind: If, Cond: g.cond(s), Body: g.block(s.in(), 1)}
		if g.chance(50) {
			st.Else = g.block(s.in(), 1)
		}
		return one(st)
	case n < 95 && s.depth > 0:
		if s.loop {
			return one(Stmt{Kind: []Kind{Return, Break, Continue}[g.rnd.IntN(3)]})
		}
		return one(Stmt{Kind: Return})
	case n < 97 && !g.inFunc && len(g.p.Funcs) > 0:
		if st, ok := g.call(Call); ok {
			return one(st)
		}
	case n < 98:
		return one(Stmt{Kind: Recover})
	default:
		if c := g.object("cw"); c != "" && !s.loop {
			kind := Close
			if c[0] == 'w' {
				kind = Done
			}
			return one(Stmt{Kind: Deferred, Body: []Stmt{{Kind: kind, Obj: c}}})
		}
	}
	return nil, false
}

// start starts a goroutine, sometimes in a loop or with a count for it.
func (g *generator) start(s scope) []Stmt {
	g.goroutines--
	var list []Stmt
	var body []Stmt
	w := g.object("w")
	counted := w != "" && g.chance(60)
	if counted {
		list = append(list, Stmt{Kind: Add, Obj: w, N: 1})
		if g.chance(80) {
			body = append(body, Stmt{Kind: Deferred, Body: []Stmt{{Kind: Done, Obj: w}}})
		}
	}
	if !counted && len(g.p.Funcs) > 0 && g.chance(60) {
		if st, ok := g.call(GoCall); ok {
			return append(list, st)
		}
	}
	body = append(body, g.block(scope{depth: 1, inGo: true}, 1+g.rnd.IntN(3))...)
	return append(list, Stmt{Kind: Go, Body: body})
}

func (g *generator) call(kind Kind) (Stmt, bool) {
	f := g.p.Funcs[0]
	st := Stmt{Kind: kind, Obj: f.Name}
	for _, p := range f.Params {
		a := g.object(p[:1])
		if a == "" {
			return st, false
		}
		st.Args = append(st.Args, a)
	}
	return st, true
}

func (g *generator) selectStmt(s scope) []Stmt {
	g.ops--
	st := Stmt{Kind: Select, Default: g.chance(25)}
	for range 1 + g.pick(0, 1, 1, 1) {
		c := Case{Send: g.chance(40), Two: g.chance(30), Obj: g.object("c"), Val: g.val(s)}
		if c.Obj == "" {
			continue
		}
		if g.chance(40) {
			c.Body = g.block(s.in(), 1)
		}
		st.Cases = append(st.Cases, c)
	}
	if st.Default && g.chance(50) {
		st.Else = g.block(s.in(), 1)
	}
	return []Stmt{st}
}

func (g *generator) lockStmt(s scope) ([]Stmt, bool) {
	m := g.object("mr")
	if m == "" || s.depth > 3 {
		return nil, false
	}
	g.ops--
	read := m[0] == 'r' && g.chance(60)
	switch n := g.rnd.IntN(100); {
	case n < 70:
		st := Stmt{Kind: Section, Obj: m, Read: read, Body: g.block(s.in(), 1+g.rnd.IntN(2))}
		if g.chance(20) {
			return []Stmt{{Kind: Lock, Obj: m, Read: read}, {Kind: Deferred, Body: []Stmt{{Kind: Unlock, Obj: m, Read: read}}}}, true
		}
		return []Stmt{st}, true
	case n < 82:
		return []Stmt{{Kind: TryLock, Obj: m, Read: read, Body: g.block(s.in(), 1), Else: g.block(s.in(), 1)}}, true
	case n < 93:
		return []Stmt{{Kind: Lock, Obj: m, Read: read}}, true
	}
	return []Stmt{{Kind: Unlock, Obj: m, Read: read}}, true
}

func (g *generator) waitStmt(s scope) ([]Stmt, bool) {
	o := g.object("wk")
	if o == "" {
		return nil, false
	}
	g.ops--
	if o[0] == 'w' {
		switch n := g.rnd.IntN(100); {
		case n < 60:
			return []Stmt{{Kind: Wait, Obj: o}}, true
		case n < 80:
			return []Stmt{{Kind: Done, Obj: o}}, true
		}
		return []Stmt{{Kind: Add, Obj: o, N: 1 + g.rnd.IntN(2)}}, true
	}
	if g.chance(50) {
		return []Stmt{{Kind: Bump, Obj: o, N: g.pick(0, 1, 1, 2)}}, true
	}
	return []Stmt{{Kind: Await, Obj: o, N: g.pick(0, 1, 1, 2)}}, true
}
