package randprog

import (
	"fmt"

	sk "github.com/concheck/concheck/analyzers/internal/skeleton"
)

// The instructions, blocks and places of one lowered function.

// A builder makes one function. Objects are operands: the channel itself, or
// the address of a lock; with fields, s is the operand of the struct.
type builder struct {
	l       *lowerer
	f       *sk.Func
	objs    map[string]sk.Arg
	names   []string
	s       *sk.Arg
	v, ok   sk.Reg
	i       sk.Reg
	cur     int
	exits   []loopTargets
	recover bool
}

type loopTargets struct{ next, end int32 }

func (l *lowerer) function(name string) *builder {
	f := &sk.Func{Name: name, Recover: -1, Blocks: make([][]sk.Instr, 1)}
	l.prog.Funcs[name] = f
	return &builder{l: l, f: f, objs: map[string]sk.Arg{}, i: sk.NoReg}
}

func (b *builder) reg() sk.Reg {
	b.f.Regs++
	return sk.Reg(b.f.Regs - 1)
}

func (b *builder) param(name string) sk.Arg {
	b.f.Params = append(b.f.Params, sk.Param{Name: name, Layout: "p"})
	return sk.R(b.reg())
}

func (b *builder) free(name string) sk.Arg {
	b.f.Frees = append(b.f.Frees, sk.Param{Name: name, Layout: "p"})
	return sk.R(b.reg())
}

func (b *builder) bind(name string, a sk.Arg) {
	b.objs[name] = a
	b.names = append(b.names, name)
}

// layouts are those of the objects by their letter.
var layouts = map[byte]string{'c': "p", 'm': "m", 'r': "r", 'w': "w", 'k': "mci"}

// places are those of an object's cells: of the ones that are loaded from.
func places(name string) []string {
	switch name[0] {
	case 'c':
		return []string{name}
	case 'k':
		return []string{"", "", name}
	}
	return make([]string, len(layouts[name[0]]))
}

// makeObjects makes the program's objects in its main function.
func (b *builder) makeObjects() {
	p := b.l.p
	if p.Fields {
		layout := ""
		var at []string
		for _, name := range p.objects() {
			layout += layouts[name[0]]
			at = append(at, places(name)...)
		}
		s := b.op(sk.Instr{Op: sk.Alloc, Layout: layout, Places: at})
		b.s = &s
		for i, c := range p.Chans {
			if c >= 0 {
				ch := b.op(sk.Instr{Op: sk.MakeChan, Layout: "i", Args: []sk.Arg{sk.Int(int64(c))}})
				b.do(sk.Instr{Op: sk.Store, Layout: "p", Places: places(p.objects()[i]), Args: []sk.Arg{b.field(fmt.Sprintf("c%d", i)), ch}})
			}
		}
		return
	}
	for i, name := range p.objects() {
		switch {
		case name[0] != 'c':
			b.bind(name, b.op(sk.Instr{Op: sk.Alloc, Layout: layouts[name[0]], Places: places(name)}))
		case p.Chans[i] < 0:
			b.bind(name, sk.Nil())
		default:
			b.bind(name, b.op(sk.Instr{Op: sk.MakeChan, Layout: "i", Args: []sk.Arg{sk.Int(int64(p.Chans[i]))}}))
		}
	}
}

// field is the address of an object's first cell in the struct.
func (b *builder) field(object string) sk.Arg {
	at := 0
	for _, name := range b.l.p.objects() {
		if name == object {
			break
		}
		at += len(layouts[name[0]])
	}
	return b.op(sk.Instr{Op: sk.Field, N: int32(at), Args: []sk.Arg{*b.s}})
}

// object is the operand for an object.
func (b *builder) object(name string) sk.Arg {
	if a, ok := b.objs[name]; ok {
		return a
	}
	a := b.field(name)
	if name[0] == 'c' {
		return b.op(sk.Instr{Op: sk.Load, Layout: "p", Places: places(name), Args: []sk.Arg{a}})
	}
	return a
}

// part is the address of a cell of a condition: 0 its lock, 1 its waiters, 2 its count.
func (b *builder) part(name string, n int32) sk.Arg {
	return b.op(sk.Instr{Op: sk.Field, N: n, Args: []sk.Arg{b.object(name)}})
}

func (b *builder) do(in sk.Instr) {
	in.Dst = sk.NoReg
	b.f.Blocks[b.cur] = append(b.f.Blocks[b.cur], in)
}

func (b *builder) op(in sk.Instr) sk.Arg {
	in.Dst = b.reg()
	b.f.Blocks[b.cur] = append(b.f.Blocks[b.cur], in)
	return sk.R(in.Dst)
}

func (b *builder) set(r sk.Reg, a sk.Arg) {
	b.f.Blocks[b.cur] = append(b.f.Blocks[b.cur], sk.Instr{Op: sk.Copy, Dst: r, Args: []sk.Arg{a}})
}

func (b *builder) block() int32 {
	b.f.Blocks = append(b.f.Blocks, nil)
	return int32(len(b.f.Blocks) - 1)
}

func (b *builder) jump(to int32) { b.do(sk.Instr{Op: sk.Jump, Then: to}) }

func (b *builder) branch(a sk.Arg, yes, no int32) {
	b.do(sk.Instr{Op: sk.Branch, Args: []sk.Arg{a}, Then: yes, Else: no})
}

func (b *builder) at(block int32) { b.cur = int(block) }

func (b *builder) elem(a sk.Arg, n int) sk.Arg {
	return b.op(sk.Instr{Op: sk.Elem, N: int32(n), M: 1, Args: []sk.Arg{a}})
}

func (b *builder) body(list []Stmt) {
	b.v, b.ok = b.reg(), b.reg()
	b.set(b.v, sk.Int(0))
	b.set(b.ok, sk.Bool(false))
	b.stmts(list)
	b.ret()
	if b.recover {
		b.f.Recover = b.block()
		b.at(b.f.Recover)
		b.do(sk.Instr{Op: sk.Return})
	}
}

func (b *builder) ret() {
	b.do(sk.Instr{Op: sk.RunDefers})
	b.do(sk.Instr{Op: sk.Return})
}

func (b *builder) stmts(list []Stmt) {
	for i := range list {
		b.stmt(&list[i])
	}
}

func (b *builder) val(v Val) sk.Arg {
	switch v.Var {
	case "v":
		return sk.R(b.v)
	case "i":
		return sk.R(b.i)
	}
	return sk.Int(int64(v.N))
}

// dead goes on in a block that is not reached.
func (b *builder) dead() { b.at(b.block()) }
