package randprog

import (
	"fmt"
	"strings"
)

// How single statements are written in Go.

func (w *source) stmt(st *Stmt) {
	o := ""
	if st.Obj != "" && st.Kind != Call && st.Kind != GoCall {
		o = w.name(st.Obj)
	}
	switch st.Kind {
	case Send:
		w.numbered("%s <- %s", w.channel(st.Obj), st.Val)
	case Recv:
		w.numbered("v = <-%s", w.channel(st.Obj))
	case Recv2:
		w.numbered("v, ok = <-%s", w.channel(st.Obj))
	case Range:
		w.loop(st, true, "for v = range %s {", w.channel(st.Obj))
	case Close:
		w.numbered("close(%s)", w.channel(st.Obj))
	case Select:
		w.selectStmt(st)
	case Section:
		w.lock(st.Obj, "Lock", st.Read)
		w.stmts(st.Body)
		w.lock(st.Obj, "Unlock", st.Read)
	case Lock:
		w.lock(st.Obj, "Lock", st.Read)
	case Unlock:
		w.lock(st.Obj, "Unlock", st.Read)
	case TryLock:
		w.numbered("if %s.Try%sLock() {", o, reader(st.Read))
		w.block(st.Body)
		w.indent++
		w.lock(st.Obj, "Unlock", st.Read)
		w.indent--
		w.line("} else {")
		w.block(st.Else)
		w.line("}")
	case Deferred:
		w.deferred(&st.Body[0])
	case Recover:
		w.line("defer func() { _ = recover() }()")
	case Add:
		w.numbered("%s.Add(%d)", o, st.N)
	case Done:
		w.numbered("%s", w.method(st.Obj, "Done"))
	case Wait:
		w.numbered("%s", w.method(st.Obj, "Wait"))
	case Bump:
		w.bump(st, o)
	case Await:
		w.numbered("%s.mu.Lock()", o)
		if st.N > 0 {
			w.open("for %s.n < %d {", o, st.N)
		}
		w.numbered("%s.c.Wait()", o)
		if st.N > 0 {
			w.close("}")
		}
		w.numbered("%s.mu.Unlock()", o)
	case Go:
		w.numbered("go func() {")
		w.indent++
		if w.hooks {
			w.line("defer h.catch()")
		}
		w.body(st.Body)
		w.close("}()")
	case GoCall:
		if w.hooks {
			w.numbered("go func() { defer h.catch(); %s }()", w.call(st))
			return
		}
		w.numbered("go %s", w.call(st))
	case Call:
		w.numbered("%s", w.call(st))
	default:
		w.control(st)
	}
}

func (w *source) call(st *Stmt) string {
	var args []string
	if w.hooks {
		args = append(args, "h")
	}
	for _, a := range st.Args {
		name := w.name(a)
		if strings.Contains("mrw", a[:1]) {
			name = "&" + name
		}
		args = append(args, name)
	}
	return fmt.Sprintf("%sProg%s(%s)", st.Obj, w.suffix, strings.Join(args, ", "))
}

func (w *source) control(st *Stmt) {
	switch st.Kind {
	case Loop:
		w.loop(st, false, "for i := range %d {", st.N)
	case Forever:
		w.loop(st, false, "for {")
	case If:
		c := st.Cond
		with := fmt.Sprint(c.N)
		if c.Var == "ok" {
			with = "true"
		}
		op := map[string]string{"eq": "==", "ne": "!=", "lt": "<", "ge": ">="}[c.Op]
		w.line("if %s %s %s {", c.Var, op, with)
		w.block(st.Body)
		if len(st.Else) > 0 {
			w.line("} else {")
			w.block(st.Else)
		}
		w.line("}")
	case Return:
		w.line("return")
	case Break:
		w.line("break %s", w.loops[len(w.loops)-1])
	case Continue:
		w.line("continue %s", w.loops[len(w.loops)-1])
	}
}

func reader(read bool) string {
	if read {
		return "R"
	}
	return ""
}

func (w *source) lock(o, op string, read bool) {
	w.numbered("%s", w.method(o, reader(read)+op))
}

// deferred writes a deferred call; it runs later, but stands here.
func (w *source) deferred(st *Stmt) {
	o := w.name(st.Obj)
	switch st.Kind {
	case Close:
		w.numbered("defer close(%s)", o)
	case Done:
		w.numbered("defer %s.Done()", o)
	case Unlock:
		w.numbered("defer %s.%sUnlock()", o, reader(st.Read))
	}
}

func (w *source) bump(st *Stmt, o string) {
	w.numbered("%s.mu.Lock()", o)
	w.line("%s.n++", o)
	w.line("v = %s.n", o)
	switch st.N {
	case 1:
		w.numbered("%s.c.Signal()", o)
	case 2:
		w.numbered("%s.c.Broadcast()", o)
	}
	w.numbered("%s.mu.Unlock()", o)
}

// loop writes a loop, with a label if its body leaves it.
func (w *source) loop(st *Stmt, isOp bool, format string, args ...any) {
	label := ""
	if jumps(st.Body) {
		w.labels++
		label = fmt.Sprintf("loop%d", w.labels)
		if isOp && w.hooks {
			w.line("h.yield()")
		}
		w.line("%s:", label)
	}
	if isOp {
		w.op++
		w.lines[len(w.lines)-1][w.n+1] = w.op
	}
	w.open(format, args...)
	w.loops = append(w.loops, label)
	if st.Kind == Loop {
		w.line("_ = i")
	}
	if w.hooks {
		w.line("h.yield()")
	}
	w.stmts(st.Body)
	w.loops = w.loops[:len(w.loops)-1]
	w.close("}")
}

func (w *source) selectStmt(st *Stmt) {
	w.numbered("select {")
	number := w.op
	for _, c := range st.Cases {
		o := w.channel(c.Obj)
		switch {
		case c.Send:
			w.line("case %s <- %s:", o, c.Val)
		case c.Two:
			w.line("case v, ok = <-%s:", o)
		default:
			w.line("case v = <-%s:", o)
		}
		if len(st.Cases) == 1 && !st.Default {
			// No choice: the compiler takes the case for the statement.
			w.lines[len(w.lines)-1][w.n] = number
		}
		w.block(c.Body)
	}
	if st.Default {
		w.line("default:")
		w.block(st.Else)
	}
	w.line("}")
}

// jumps reports whether statements leave or continue the loop around them.
func jumps(list []Stmt) bool {
	for _, st := range list {
		switch st.Kind {
		case Break, Continue:
			return true
		case Loop, Forever, Range, Go:
			continue
		}
		if jumps(st.Body) || jumps(st.Else) {
			return true
		}
		for _, c := range st.Cases {
			if jumps(c.Body) {
				return true
			}
		}
	}
	return false
}
