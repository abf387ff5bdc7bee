package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// The census of waiting operations: all that the package does to channels,
// groups and conditions, by class.

// waitKind is what a goroutine does to a channel, group or condition.
type waitKind uint8

const (
	chanSend waitKind = iota + 1
	chanRecv
	chanClose
	groupWait
	groupDone
	groupAdd
	condWait
	condSignal
)

func (k waitKind) waits() bool {
	return k == chanSend || k == chanRecv || k == groupWait || k == condWait
}

// waitOp is one such operation.
type waitOp struct {
	kind     waitKind
	fn       *ssa.Function
	at       ssa.Instruction
	value    ssa.Value // the channel, group or condition
	place    *place    // where a callee that waits finds it, in the words of fn; value is nil then
	class    string
	chain    []Step // the calls to the callee
	alone    bool   // not a select with another way on
	deferred bool
	foreign  bool   // the value is one of the function that starts fn
	owner    string // only locks in objects of this class are held by what waits for fn
}

// census holds the operations of the package by class.
type census struct {
	ops     map[string][]waitOp
	classes []string        // in the order of the source
	leaked  map[string]bool // classes whose objects others get hold of
	readers map[string]bool // classes of channels from which others may receive
	writers map[string]bool // classes of channels to which others may send, and which they may close
	buffer  map[string]bool // classes of channels that may have a buffer
	wide    map[string]bool // classes of channels that may have a buffer for more than one value
	made    map[string]bool // classes of channels that are made in sight

	endWaits map[*ssa.Function][]endWait // see endsBehind, nil before it is asked for
}

// census is what scan collects, once.
func (p *pkg) census(tests bool) *census {
	if p.scans[tests] == nil {
		p.scans[tests] = p.scan(tests)
	}
	return p.scans[tests]
}

// scan collects the operations of the package, with those of tests or without.
func (p *pkg) scan(tests bool) *census {
	c := &census{ops: map[string][]waitOp{}, leaked: map[string]bool{}, readers: map[string]bool{}, writers: map[string]bool{}, buffer: map[string]bool{}, wide: map[string]bool{}, made: map[string]bool{}}
	for _, fn := range p.fns {
		if !tests && p.isTest(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				p.scanInstr(c, fn, i)
			}
		}
	}
	return c
}

func (c *census) add(p *pkg, op waitOp) {
	class := p.class(op.value)
	if class == "" {
		return
	}
	if len(c.ops[class]) == 0 {
		c.classes = append(c.classes, class)
	}
	c.ops[class] = append(c.ops[class], op)
}

// make notes that a channel of a class is made.
func (c *census) make(class string, m *ssa.MakeChan) {
	c.made[class] = true
	k, known := m.Size.(*ssa.Const)
	c.buffer[class] = c.buffer[class] || !known || k.Int64() != 0
	c.wide[class] = c.wide[class] || !known || k.Int64() > 1
}

func (p *pkg) scanInstr(c *census, fn *ssa.Function, i ssa.Instruction) {
	switch i := i.(type) {
	case *ssa.Send:
		c.add(p, waitOp{kind: chanSend, fn: fn, at: i, value: i.Chan, alone: true})
	case *ssa.Field:
		if _, ok := i.Type().Underlying().(*types.Chan); ok {
			p.scanUses(c, i, p.class(i))
		}
	case *ssa.UnOp:
		if i.Op == token.ARROW {
			c.add(p, waitOp{kind: chanRecv, fn: fn, at: i, value: i.X, alone: true})
		}
		if i.Op == token.MUL {
			p.scanLoad(c, i)
			p.scanAddr(c, i)
		}
	case *ssa.Select:
		for _, s := range i.States {
			kind := chanRecv
			if s.Dir == types.SendOnly {
				kind = chanSend
			}
			c.add(p, waitOp{kind: kind, fn: fn, at: i, value: s.Chan, alone: i.Blocking && len(i.States) == 1})
		}
	case *ssa.MakeChan:
		p.scanUses(c, i, p.class(i))
		p.scanKept(c, i)
		c.make(p.class(i), i)
	case *ssa.Store:
		p.scanStore(c, i)
	case *ssa.FieldAddr, *ssa.Alloc:
		p.scanAddr(c, i.(ssa.Value))
	case ssa.CallInstruction:
		p.scanCall(c, fn, i)
	}
}

// scanStore notes what is assigned to a field that holds a channel: only
// channels made on the spot without a buffer are known.
func (p *pkg) scanStore(c *census, s *ssa.Store) {
	if isSyncType(s.Val.Type(), "WaitGroup", "Cond") || p.isGroup(s.Val.Type()) {
		switch s.Val.(type) {
		case *ssa.Alloc, *ssa.Call, *ssa.Const, *ssa.FieldAddr, *ssa.Extract:
		default:
			c.leaked[p.class(s.Addr)+"*"] = true
		}
		return
	}
	if _, ok := s.Val.Type().Underlying().(*types.Chan); !ok {
		return
	}
	class := p.class(s.Addr)
	if class == "" {
		return
	}
	class += "*"
	switch v := s.Val.(type) {
	case *ssa.MakeChan:
		c.make(class, v)
		for _, r := range *v.Referrers() {
			if o, ok := r.(*ssa.Store); ok && o != s {
				c.leaked[class] = true // kept in two places
			}
		}
		p.scanUses(c, v, class)
	case *ssa.Const:
	default:
		c.buffer[class], c.wide[class], c.leaked[class] = true, true, true
	}
}

// scanLoad looks at what becomes of a channel loaded from a field.
func (p *pkg) scanLoad(c *census, l *ssa.UnOp) {
	if _, ok := l.Type().Underlying().(*types.Chan); !ok {
		return
	}
	if class := p.class(l); class != "" {
		p.scanUses(c, l, class)
	}
}

// scanKept marks the class of a channel as leaked if the channel is also kept in
// something else than a variable: operations there are of another class.
func (p *pkg) scanKept(c *census, m *ssa.MakeChan) {
	for _, r := range *m.Referrers() {
		if s, ok := r.(*ssa.Store); ok {
			if class := p.class(s.Addr); class != p.class(m) {
				c.leaked[p.class(m)] = true
			}
		}
	}
}

// scanUses marks a class as leaked if a value of it goes anywhere but into
// channel operations.
func (p *pkg) scanUses(c *census, v ssa.Value, class string) {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Send:
			if r.X == v {
				c.leaked[class] = true
			}
		case *ssa.Select, *ssa.UnOp, *ssa.BinOp, *ssa.DebugRef:
		case *ssa.ChangeType:
			switch t, _ := r.Type().Underlying().(*types.Chan); {
			case t == nil, t.Dir() == types.SendRecv:
				c.leaked[class] = true
			case t.Dir() == types.RecvOnly:
				c.readers[class] = true
			default:
				c.writers[class] = true
			}
		case *ssa.Store:
			if r.Val == v {
				if _, made := v.(*ssa.MakeChan); !made {
					c.leaked[class] = true
				}
			}
		case ssa.CallInstruction:
			if b, ok := r.Common().Value.(*ssa.Builtin); !ok || b.Name() == "append" {
				c.leaked[class] = true
			}
		default:
			c.leaked[class] = true
		}
	}
}

// scanAddr marks groups and conditions as leaked whose address goes anywhere
// but into their methods.
func (p *pkg) scanAddr(c *census, v ssa.Value) {
	group := p.isGroup(v.Type())
	if !group && !isSyncType(v.Type(), "WaitGroup", "Cond") || v.Referrers() == nil {
		return
	}
	if a, ok := v.(*ssa.FieldAddr); ok && namedOf(a.X.Type()) == nil && p.handedOn(a.X) {
		c.leaked[p.class(v)] = true
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case ssa.CallInstruction:
			if fn := r.Common().StaticCallee(); fn != nil {
				if m, ok := fn.Object().(*types.Func); ok && (group || syncMethod(m) != opNone) && m.Signature().Recv() != nil && r.Common().Args[0] == v {
					continue
				}
			}
			c.leaked[p.class(v)] = true
		case *ssa.MakeClosure, *ssa.DebugRef, *ssa.FieldAddr, *ssa.UnOp:
		case *ssa.Store:
			if r.Val == v {
				c.leaked[p.class(v)] = true
			}
		default:
			c.leaked[p.class(v)] = true
		}
	}
}

// handedOn reports whether the address of a variable goes into calls, say: what is
// done to the fields there has another class, if the type of the variable has no name.
func (p *pkg) handedOn(v ssa.Value) bool {
	a, ok := p.captured(v).(*ssa.Alloc)
	return ok && p.cellOf(a).handed
}

var waitKinds = map[op]waitKind{
	opGroupWait: groupWait, opGroupDone: groupDone, opGroupAdd: groupAdd, opGroupGo: groupDone,
	opCondWait: condWait, opCondSignal: condSignal,
}

func (p *pkg) scanCall(c *census, fn *ssa.Function, i ssa.CallInstruction) {
	common := i.Common()
	_, deferred := i.(*ssa.Defer)
	if b, ok := common.Value.(*ssa.Builtin); ok {
		if b.Name() == "close" {
			c.add(p, waitOp{kind: chanClose, fn: fn, at: i, value: common.Args[0], deferred: deferred})
		}
		return
	}
	callee := common.StaticCallee()
	if callee == nil || len(common.Args) == 0 {
		return
	}
	m, _ := callee.Object().(*types.Func)
	what := p.groupMethod(m)
	kind := waitKinds[what]
	if kind == 0 {
		return
	}
	if kind == groupAdd {
		if k, ok := common.Args[1].(*ssa.Const); ok && k.Int64() < 0 {
			kind = groupDone
		}
	}
	op := waitOp{kind: kind, fn: fn, at: i, value: common.Args[0], alone: true, deferred: deferred}
	if what == opGroupGo {
		c.add(p, waitOp{kind: groupAdd, fn: fn, at: i, value: op.value})
		// Done when the function returns that Go is given.
		fns := p.behind(common.Args[1])
		c.addRun(p, op, fns)
		if len(fns) == 0 {
			c.leaked[p.class(op.value)] = true // which may be any function
		}
		return
	}
	c.add(p, op)
	if kind == groupDone {
		op.owner = ownerClass(p.class(op.value))
		c.addRun(p, op, p.runs(fn, i))
	}
}

// addRun adds a Done for each of the functions that are run before it.
func (c *census) addRun(p *pkg, done waitOp, fns []*ssa.Function) {
	for _, f := range fns {
		op := done
		op.fn, op.at = f, f.Blocks[0].Instrs[len(f.Blocks[0].Instrs)-1]
		op.deferred, op.foreign = true, true
		c.add(p, op)
	}
}

// literal returns the function that a value is known to be: a function literal
// or a function.
func (p *pkg) literal(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		fn, _ := v.Fn.(*ssa.Function)
		if m := boundMethod(fn); m != nil {
			return fn.Prog.FuncValue(m)
		}
		return fn
	}
	return nil
}
