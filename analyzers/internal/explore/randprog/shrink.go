package randprog

import "slices"

// Shrink makes a program smaller as long as it still fails.
func Shrink(p *Program, fails func(*Program) bool) *Program {
	for shrunk := true; shrunk; {
		shrunk = false
		for _, q := range smaller(p) {
			if fails(q) {
				p, shrunk = q, true
				break
			}
		}
	}
	return p
}

// smaller lists programs with one thing less.
func smaller(p *Program) []*Program {
	var list []*Program
	edit := func(f func(q *Program)) {
		q := *p
		q.Chans = slices.Clone(p.Chans)
		q.Funcs = slices.Clone(p.Funcs)
		f(&q)
		list = append(list, &q)
	}
	for _, main := range lists(p.Main) {
		edit(func(q *Program) { q.Main = main })
	}
	for i, f := range p.Funcs {
		for _, body := range lists(f.Body) {
			edit(func(q *Program) { q.Funcs[i].Body = body })
		}
	}
	if p.Fields {
		edit(func(q *Program) { q.Fields = false })
	}
	for i, c := range p.Chans {
		if c > 0 {
			edit(func(q *Program) { q.Chans[i] = c - 1 })
		}
	}
	return list
}

// lists gives the statement lists that are one step smaller than list.
func lists(list []Stmt) [][]Stmt {
	var out [][]Stmt
	for i, st := range list {
		out = append(out, slices.Delete(slices.Clone(list), i, i+1))
		with := func(repl ...Stmt) {
			out = append(out, slices.Concat(list[:i], repl, list[i+1:]))
		}
		switch st.Kind {
		case Section, TryLock, If:
			with(st.Body...)
			with(st.Else...)
		case Go:
			if !returns(st.Body) {
				with(st.Body...)
			}
		case Loop:
			if !leaves(st.Body) {
				with(st.Body...)
			}
			if st.N > 1 {
				st := st
				st.N--
				with(st)
			}
		case Deferred:
			continue
		}
		for _, body := range lists(st.Body) {
			st := st
			st.Body = body
			with(st)
		}
		for _, body := range lists(st.Else) {
			st := st
			st.Else = body
			with(st)
		}
		for j, c := range st.Cases {
			fewer := st
			fewer.Cases = slices.Delete(slices.Clone(st.Cases), j, j+1)
			with(fewer)
			for _, body := range lists(c.Body) {
				less := st
				less.Cases = slices.Clone(st.Cases)
				less.Cases[j].Body = body
				with(less)
			}
		}
		if st.Default {
			st := st
			st.Default, st.Else = false, nil
			with(st)
		}
	}
	return out
}

// any reports whether f holds for a statement of the list or in one.
func anyStmt(list []Stmt, f func(Stmt) bool) bool {
	return slices.ContainsFunc(list, func(st Stmt) bool {
		return f(st) || anyStmt(st.Body, f) || anyStmt(st.Else, f) ||
			slices.ContainsFunc(st.Cases, func(c Case) bool { return anyStmt(c.Body, f) })
	})
}

func returns(list []Stmt) bool {
	return anyStmt(list, func(st Stmt) bool { return st.Kind == Return || st.Kind == Deferred || st.Kind == Recover })
}

// leaves reports whether the body of a loop uses the loop.
func leaves(list []Stmt) bool {
	return anyStmt(list, func(st Stmt) bool {
		return st.Kind == Break || st.Kind == Continue || st.Val.Var == "i" || st.Cond.Var == "i" ||
			slices.ContainsFunc(st.Cases, func(c Case) bool { return c.Val.Var == "i" })
	})
}
