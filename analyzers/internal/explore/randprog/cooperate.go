package randprog

import "slices"

// cooperate makes the bodies of the goroutines from interactions: what one
// needs another gives, mostly.
func (g *generator) cooperate() {
	g.bodies = make([][]Stmt, 2+g.pick(0, 1, 1, 1, 2))
	for range 1 + g.pick(0, 1, 1, 2, 2, 3) {
		g.interact()
	}
}

// insert puts statements into a body, in order at the end, or anywhere.
func (g *generator) insert(body int, inOrder bool, list ...Stmt) {
	b := &g.bodies[body]
	at := len(*b)
	if !inOrder {
		at = g.rnd.IntN(len(*b) + 1)
	}
	*b = slices.Insert(*b, at, list...)
}

// two picks two goroutines.
func (g *generator) two() (int, int) {
	a := g.rnd.IntN(len(g.bodies))
	b := (a + 1 + g.rnd.IntN(len(g.bodies)-1)) % len(g.bodies)
	return a, b
}

func (g *generator) interact() {
	a, b := g.two()
	inOrder := g.chance(70)
	switch n := g.rnd.IntN(100); {
	case n < 30:
		c := g.object("c")
		g.insert(a, inOrder, g.wrap(Stmt{Kind: Send, Obj: c, Val: Val{N: 1 + g.rnd.IntN(2)}}))
		g.insert(b, inOrder, g.wrap(Stmt{Kind: []Kind{Recv, Recv2}[g.rnd.IntN(2)], Obj: c}))
		if g.chance(30) {
			g.insert(b, inOrder, Stmt{Kind: If, Cond: g.cond(scope{}), Body: g.small()})
		}
	case n < 40:
		c, times := g.object("c"), 2+g.rnd.IntN(2)
		g.insert(a, inOrder, Stmt{Kind: Loop, N: times, Body: []Stmt{{Kind: Send, Obj: c, Val: g.val(scope{loop: true})}}})
		if g.chance(50) {
			g.insert(a, inOrder, Stmt{Kind: Close, Obj: c})
			g.insert(b, inOrder, Stmt{Kind: Range, Obj: c, Body: g.small()})
			return
		}
		g.insert(b, inOrder, Stmt{Kind: Loop, N: times, Body: append([]Stmt{{Kind: Recv, Obj: c}}, g.small()...)})
	case n < 50:
		c := g.object("c")
		g.insert(a, inOrder, Stmt{Kind: Close, Obj: c})
		for i := range g.bodies {
			if i != a && g.chance(60) {
				g.insert(i, inOrder, g.wrap(Stmt{Kind: Recv2, Obj: c}))
			}
		}
	case n < 62:
		c := g.object("c")
		g.insert(a, inOrder, Stmt{Kind: Send, Obj: c, Val: Val{N: 1}})
		sel := g.selectStmt(scope{depth: 1})
		sel[0].Cases = append(sel[0].Cases, Case{Obj: c, Two: g.chance(30)})
		g.insert(b, inOrder, sel...)
	case n < 80:
		g.locks(a, b, inOrder)
	case n < 90:
		if w := g.object("w"); w != "" {
			g.insert(a, false, Stmt{Kind: Wait, Obj: w})
			done := Stmt{Kind: Done, Obj: w}
			if g.chance(50) {
				done = Stmt{Kind: Deferred, Body: []Stmt{done}}
			}
			for i := range g.bodies {
				if i == b || i != a && g.chance(40) {
					g.insert(i, true, done)
					g.bodies[0] = slices.Insert(g.bodies[0], 0, Stmt{Kind: Add, Obj: w, N: 1})
				}
			}
			return
		}
		g.locks(a, b, inOrder)
	default:
		if k := g.object("k"); k != "" {
			times := 1 + g.rnd.IntN(2)
			for range times {
				g.insert(a, inOrder, Stmt{Kind: Bump, Obj: k, N: 1 + g.rnd.IntN(2)})
			}
			g.insert(b, inOrder, Stmt{Kind: Await, Obj: k, N: times})
			return
		}
		g.locks(a, b, inOrder)
	}
}

// locks gives two goroutines a section of a lock each, sometimes with another
// lock or an exchange in it.
func (g *generator) locks(a, b int, inOrder bool) {
	m := g.object("mr")
	if m == "" {
		return
	}
	var inner [2][]Stmt
	switch n, other := g.rnd.IntN(100), g.object("mr"); {
	case n < 30:
		inner[0] = []Stmt{g.section(other, nil)}
		inner[1] = []Stmt{g.section(other, nil)}
		if g.chance(50) {
			g.insert(a, inOrder, g.section(m, inner[0]))
			g.insert(b, inOrder, g.section(other, []Stmt{g.section(m, nil)}))
			return
		}
	case n < 50:
		c := g.object("c")
		inner[0] = []Stmt{g.wrap(Stmt{Kind: Send, Obj: c, Val: Val{N: 2}})}
		inner[1] = []Stmt{g.wrap(Stmt{Kind: Recv2, Obj: c})}
	default:
		inner[g.rnd.IntN(2)] = g.small()
	}
	for i, body := range []int{a, b} {
		if g.chance(15) {
			g.insert(body, inOrder, Stmt{Kind: TryLock, Obj: m, Read: m[0] == 'r' && g.chance(50), Body: inner[i], Else: g.small()})
			continue
		}
		g.insert(body, inOrder, g.section(m, inner[i]))
	}
}

func (g *generator) section(m string, body []Stmt) Stmt {
	return Stmt{Kind: Section, Obj: m, Read: m[0] == 'r' && g.chance(60), Body: body}
}

// small is a statement or nothing.
func (g *generator) small() []Stmt {
	if g.chance(60) {
		return nil
	}
	g.ops = 1
	st, _ := g.stmt(scope{depth: 2, noLoop: true})
	return st
}

// wrap puts an operation on a channel into a select, or leaves it alone.
func (g *generator) wrap(st Stmt) Stmt {
	if g.chance(75) {
		return st
	}
	g.ops = 1
	sel := g.selectStmt(scope{depth: 2})[0]
	sel.Cases = append(sel.Cases, Case{Send: st.Kind == Send, Two: st.Kind == Recv2, Obj: st.Obj, Val: st.Val})
	return sel
}

// mutate makes a mistake.
func (g *generator) mutate() {
	var filled []int
	for i := range g.bodies {
		if len(g.bodies[i]) > 0 {
			filled = append(filled, i)
		}
	}
	if len(filled) == 0 {
		return
	}
	b := &g.bodies[filled[g.rnd.IntN(len(filled))]]
	at := g.rnd.IntN(len(*b))
	switch g.rnd.IntN(5) {
	case 0:
		*b = slices.Delete(*b, at, at+1)
	case 1:
		other := g.rnd.IntN(len(*b))
		(*b)[at], (*b)[other] = (*b)[other], (*b)[at]
	case 2:
		*b = slices.Insert(*b, at, (*b)[at])
	case 3:
		(*b)[at] = Stmt{Kind: If, Cond: g.cond(scope{}), Body: []Stmt{(*b)[at]}, Else: g.small()}
	case 4:
		*b = slices.Insert(*b, at, Stmt{Kind: If, Cond: g.cond(scope{}), Body: []Stmt{{Kind: Return}}})
	}
}

// assemble starts the goroutines in main, or one in another.
func (g *generator) assemble() {
	for i := len(g.bodies) - 1; i > 0; i-- {
		body := g.bodies[i]
		if len(body) == 0 {
			continue
		}
		st := []Stmt{{Kind: Go, Body: body}}
		if len(g.p.Funcs) > 0 && g.chance(30) {
			if call, ok := g.call(GoCall); ok {
				st = append(st, call)
			}
		}
		in := &g.bodies[0]
		if i > 1 && g.chance(15) {
			in = &g.bodies[i-1]
		}
		at := 0
		for at < len(*in) && (*in)[at].Kind == Add {
			at++
		}
		if g.chance(20) {
			at = g.rnd.IntN(len(*in) + 1)
		}
		if g.chance(8) && len(g.bodies) < 4 {
			st = []Stmt{{Kind: Loop, N: 2, Body: st}}
		}
		*in = slices.Insert(*in, at, st...)
	}
	g.p.Main = g.bodies[0]
}
