package randprog

import (
	"fmt"

	sk "github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Root is the name of the function of a lowered program that starts it.
const Root = "p.main"

// Skeleton lowers the program. Positions are the numbers of its operations.
func (p *Program) Skeleton() *sk.Program {
	l := &lowerer{p: p, prog: &sk.Program{Funcs: map[string]*sk.Func{}, Types: map[string]*sk.Type{}}}
	for _, f := range p.Funcs {
		b := l.function("p." + f.Name)
		for _, name := range f.Params {
			b.bind(name, b.param(name))
		}
		b.body(f.Body)
	}
	b := l.function(Root)
	b.makeObjects()
	b.body(p.Main)
	return l.prog
}

type lowerer struct {
	p        *Program
	prog     *sk.Program
	closures int
	pos      sk.Pos
}

// next is the number of the next operation.
func (l *lowerer) next() sk.Pos {
	l.pos++
	return l.pos
}

func (b *builder) stmt(st *Stmt) {
	switch st.Kind {
	case Send:
		b.do(sk.Instr{Op: sk.Send, Args: []sk.Arg{b.object(st.Obj), b.val(st.Val)}, Name: st.Obj, Pos: b.l.next()})
	case Recv:
		v := b.op(sk.Instr{Op: sk.Recv, Layout: "i", Args: []sk.Arg{b.object(st.Obj)}, Name: st.Obj, Pos: b.l.next()})
		b.set(b.v, v)
	case Recv2:
		b.recv2(st.Obj)
	case Range:
		b.rangeLoop(st)
	case Close:
		b.do(sk.Instr{Op: sk.Close, Args: []sk.Arg{b.object(st.Obj)}, Name: st.Obj, Pos: b.l.next()})
	case Select:
		b.selectStmt(st)
	case Section:
		b.lock(st.Obj, sk.Lock, st.Read)
		b.stmts(st.Body)
		b.lock(st.Obj, sk.Unlock, st.Read)
	case Lock:
		b.lock(st.Obj, sk.Lock, st.Read)
	case Unlock:
		b.lock(st.Obj, sk.Unlock, st.Read)
	case TryLock:
		b.tryLock(st)
	case Deferred:
		b.deferred(&st.Body[0])
	case Recover:
		b.recover = true
		h := b.l.function(fmt.Sprintf("%s$%d", b.f.Name, b.l.unique()))
		h.op(sk.Instr{Op: sk.Recover})
		h.do(sk.Instr{Op: sk.Return})
		b.do(sk.Instr{Op: sk.Defer, Args: []sk.Arg{sk.Fn(h.f.Name)}})
	case Add, Done:
		n := int64(st.N)
		if st.Kind == Done {
			n = -1
		}
		b.do(sk.Instr{Op: sk.WgAdd, Args: []sk.Arg{b.object(st.Obj), sk.Int(n)}, Name: st.Obj, Pos: b.l.next()})
	case Wait:
		b.do(sk.Instr{Op: sk.WgWait, Args: []sk.Arg{b.object(st.Obj)}, Name: st.Obj, Pos: b.l.next()})
	case Bump:
		b.bump(st)
	case Await:
		b.await(st)
	case Go:
		b.goStmt(st)
	case GoCall, Call:
		op := sk.Call
		if st.Kind == GoCall {
			op = sk.Spawn
		}
		args := []sk.Arg{sk.Fn("p." + st.Obj)}
		for _, a := range st.Args {
			args = append(args, b.object(a))
		}
		b.do(sk.Instr{Op: op, Args: args, Pos: b.l.next()})
	default:
		b.control(st)
	}
}

func (l *lowerer) unique() int {
	l.closures++
	return l.closures
}

func (b *builder) control(st *Stmt) {
	switch st.Kind {
	case Loop:
		outer := b.i
		b.i = b.reg()
		b.set(b.i, sk.Int(0))
		head, body, next, end := b.block(), b.block(), b.block(), b.block()
		b.jump(head)
		b.at(head)
		b.branch(b.op(sk.Instr{Op: sk.Bin, Tag: "lt", Args: []sk.Arg{sk.R(b.i), sk.Int(int64(st.N))}}), body, end)
		b.at(body)
		b.exits = append(b.exits, loopTargets{next, end})
		b.stmts(st.Body)
		b.exits = b.exits[:len(b.exits)-1]
		b.jump(next)
		b.at(next)
		b.set(b.i, b.op(sk.Instr{Op: sk.Bin, Tag: "add", Args: []sk.Arg{sk.R(b.i), sk.Int(1)}}))
		b.jump(head)
		b.at(end)
		b.i = outer
	case Forever:
		head, end := b.block(), b.block()
		b.jump(head)
		b.at(head)
		b.exits = append(b.exits, loopTargets{head, end})
		b.stmts(st.Body)
		b.exits = b.exits[:len(b.exits)-1]
		b.jump(head)
		b.at(end)
	case If:
		yes, no, after := b.block(), b.block(), b.block()
		b.branch(b.cond(st.Cond), yes, no)
		b.at(yes)
		b.stmts(st.Body)
		b.jump(after)
		b.at(no)
		b.stmts(st.Else)
		b.jump(after)
		b.at(after)
	case Return:
		b.ret()
		b.dead()
	case Break:
		b.jump(b.exits[len(b.exits)-1].end)
		b.dead()
	case Continue:
		b.jump(b.exits[len(b.exits)-1].next)
		b.dead()
	}
}

func (b *builder) cond(c Cond) sk.Arg {
	a, with := sk.R(b.v), sk.Int(int64(c.N))
	switch c.Var {
	case "i":
		a = sk.R(b.i)
	case "ok":
		a, with = sk.R(b.ok), sk.Bool(true)
	}
	return b.op(sk.Instr{Op: sk.Bin, Tag: c.Op, Args: []sk.Arg{a, with}})
}

func (b *builder) recv2(obj string) {
	both := b.op(sk.Instr{Op: sk.Recv2, Layout: "i", Args: []sk.Arg{b.object(obj)}, Name: obj, Pos: b.l.next()})
	b.set(b.v, b.elem(both, 0))
	b.set(b.ok, b.elem(both, 1))
}

func (b *builder) rangeLoop(st *Stmt) {
	ch := b.object(st.Obj)
	head, body, end := b.block(), b.block(), b.block()
	b.jump(head)
	b.at(head)
	both := b.op(sk.Instr{Op: sk.Recv2, Layout: "i", Args: []sk.Arg{ch}, Name: st.Obj, Pos: b.l.next()})
	b.branch(b.elem(both, 1), body, end)
	b.at(body)
	b.set(b.v, b.elem(both, 0))
	b.exits = append(b.exits, loopTargets{head, end})
	b.stmts(st.Body)
	b.exits = b.exits[:len(b.exits)-1]
	b.jump(head)
	b.at(end)
}

func (b *builder) selectStmt(st *Stmt) {
	in := sk.Instr{Op: sk.Select}
	if st.Default {
		in.N = 1
	}
	for _, c := range st.Cases {
		k := sk.Case{Send: c.Send, Chan: b.object(c.Obj), Name: c.Obj}
		if c.Send {
			k.Val = b.val(c.Val)
		} else {
			k.Layout = "i"
		}
		in.Cases = append(in.Cases, k)
	}
	in.Pos = b.l.next()
	res := b.op(in)
	after, value := b.block(), 2
	for i, c := range st.Cases {
		yes, no := b.block(), b.block()
		b.branch(b.op(sk.Instr{Op: sk.Bin, Tag: "eq", Args: []sk.Arg{b.elem(res, 0), sk.Int(int64(i))}}), yes, no)
		b.at(yes)
		if !c.Send {
			b.set(b.v, b.elem(res, value))
			if c.Two {
				b.set(b.ok, b.elem(res, 1))
			}
			value++
		}
		b.stmts(c.Body)
		b.jump(after)
		b.at(no)
	}
	b.stmts(st.Else)
	b.jump(after)
	b.at(after)
}

func (b *builder) lock(obj string, op sk.Op, read bool) {
	switch {
	case read && op == sk.Lock:
		op = sk.RLock
	case read:
		op = sk.RUnlock
	}
	b.do(sk.Instr{Op: op, Args: []sk.Arg{b.object(obj)}, Name: obj, Pos: b.l.next()})
}

func (b *builder) tryLock(st *Stmt) {
	op := sk.TryLock
	if st.Read {
		op = sk.TryRLock
	}
	got := b.op(sk.Instr{Op: op, Args: []sk.Arg{b.object(st.Obj)}, Name: st.Obj, Pos: b.l.next()})
	yes, no, after := b.block(), b.block(), b.block()
	b.branch(got, yes, no)
	b.at(yes)
	b.stmts(st.Body)
	b.lock(st.Obj, sk.Unlock, st.Read)
	b.jump(after)
	b.at(no)
	b.stmts(st.Else)
	b.jump(after)
	b.at(after)
}

// deferred defers a function that does the one operation.
func (b *builder) deferred(st *Stmt) {
	h := b.l.function(fmt.Sprintf("%s$%d", b.f.Name, b.l.unique()))
	h.bind(st.Obj, h.param(st.Obj))
	h.stmt(st)
	h.do(sk.Instr{Op: sk.Return})
	b.do(sk.Instr{Op: sk.Defer, Args: []sk.Arg{sk.Fn(h.f.Name), b.object(st.Obj)}})
}

func (b *builder) bump(st *Stmt) {
	mu := b.part(st.Obj, 0)
	b.do(sk.Instr{Op: sk.Lock, Args: []sk.Arg{mu}, Name: st.Obj, Pos: b.l.next()})
	n := b.part(st.Obj, 2)
	count := b.op(sk.Instr{Op: sk.Bin, Tag: "add", Args: []sk.Arg{b.op(sk.Instr{Op: sk.Load, Layout: "i", Places: []string{st.Obj}, Args: []sk.Arg{n}}), sk.Int(1)}})
	b.do(sk.Instr{Op: sk.Store, Layout: "i", Places: []string{st.Obj}, Args: []sk.Arg{n, count}})
	b.set(b.v, count)
	if st.N > 0 {
		op := sk.Signal
		if st.N == 2 {
			op = sk.Broadcast
		}
		b.do(sk.Instr{Op: op, Args: []sk.Arg{b.part(st.Obj, 1)}, Name: st.Obj, Pos: b.l.next()})
	}
	b.do(sk.Instr{Op: sk.Unlock, Args: []sk.Arg{mu}, Name: st.Obj, Pos: b.l.next()})
}

func (b *builder) await(st *Stmt) {
	mu, waiters := b.part(st.Obj, 0), b.part(st.Obj, 1)
	b.do(sk.Instr{Op: sk.Lock, Args: []sk.Arg{mu}, Name: st.Obj, Pos: b.l.next()})
	head, wait, end := b.block(), b.block(), b.block()
	pos := b.l.next()
	if st.N > 0 {
		b.jump(head)
	} else {
		b.jump(wait)
	}
	b.at(head)
	n := b.op(sk.Instr{Op: sk.Load, Layout: "i", Places: []string{st.Obj}, Args: []sk.Arg{b.part(st.Obj, 2)}})
	b.branch(b.op(sk.Instr{Op: sk.Bin, Tag: "lt", Args: []sk.Arg{n, sk.Int(int64(st.N))}}), wait, end)
	b.at(wait)
	for _, in := range []sk.Instr{
		{Op: sk.CondAdd, Args: []sk.Arg{waiters}},
		{Op: sk.Unlock, Args: []sk.Arg{mu}},
		{Op: sk.CondPark, Args: []sk.Arg{waiters}},
		{Op: sk.Lock, Args: []sk.Arg{mu}},
	} {
		in.Name, in.Pos = st.Obj, pos
		b.do(in)
	}
	if st.N > 0 {
		b.jump(head)
	} else {
		b.jump(end)
	}
	b.at(end)
	b.do(sk.Instr{Op: sk.Unlock, Args: []sk.Arg{mu}, Name: st.Obj, Pos: b.l.next()})
}

func (b *builder) goStmt(st *Stmt) {
	pos := b.l.next()
	c := b.l.function(fmt.Sprintf("%s$%d", b.f.Name, b.l.unique()))
	capture := sk.Instr{Op: sk.Closure, Args: []sk.Arg{sk.Fn(c.f.Name)}}
	if b.s != nil {
		s := c.free("s")
		c.s = &s
		capture.Args = append(capture.Args, *b.s)
	} else {
		for _, name := range b.names {
			if a := b.objs[name]; a == sk.Nil() {
				c.bind(name, a)
				continue
			}
			c.bind(name, c.free(name))
			capture.Args = append(capture.Args, b.objs[name])
		}
	}
	c.body(st.Body)
	b.do(sk.Instr{Op: sk.Spawn, Args: []sk.Arg{b.op(capture)}, Pos: pos})
}
