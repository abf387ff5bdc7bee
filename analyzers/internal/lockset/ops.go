package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A Mode tells how a lock is held. A sync.Mutex and the pseudo-lock of a
// sync.Once know only Write.
type Mode uint8

const (
	Read Mode = iota + 1
	Write
)

// op is what a call into package sync does.
type op uint8

const (
	opNone op = iota
	opLock
	opUnlock
	opRLock
	opRUnlock
	opTryLock
	opTryRLock
	opOnceDo
	opCondWait
	opCondSignal
	opGroupAdd
	opGroupDone
	opGroupWait
	opGroupGo
)

// syncOps is all that is known of package sync, by receiver and method.
var syncOps = map[string]op{
	"Mutex.Lock":       opLock,
	"Mutex.Unlock":     opUnlock,
	"Mutex.TryLock":    opTryLock,
	"RWMutex.Lock":     opLock,
	"RWMutex.Unlock":   opUnlock,
	"RWMutex.RLock":    opRLock,
	"RWMutex.RUnlock":  opRUnlock,
	"RWMutex.TryLock":  opTryLock,
	"RWMutex.TryRLock": opTryRLock,
	"Locker.Lock":      opLock,
	"Locker.Unlock":    opUnlock,
	"Once.Do":          opOnceDo,
	"Cond.Wait":        opCondWait,
	"Cond.Signal":      opCondSignal,
	"Cond.Broadcast":   opCondSignal,
	"WaitGroup.Add":    opGroupAdd,
	"WaitGroup.Done":   opGroupDone,
	"WaitGroup.Wait":   opGroupWait,
	"WaitGroup.Go":     opGroupGo,
}

// acquires returns the mode in which an op takes a lock, 0 if it takes none or
// only tries to.
func (o op) acquires() Mode {
	switch o {
	case opLock:
		return Write
	case opRLock:
		return Read
	}
	return 0
}

// releases returns the mode an op gives back, 0 if it gives back none.
func (o op) releases() Mode {
	switch o {
	case opUnlock:
		return Write
	case opRUnlock:
		return Read
	}
	return 0
}

// syncMethod classifies a method of package sync, or of an interface that
// anybody declares for locks.
func syncMethod(m *types.Func) op {
	if m == nil || m.Pkg() == nil {
		return opNone
	}
	if m.Pkg().Path() != "sync" {
		return lockerMethod(m)
	}
	recv := m.Signature().Recv()
	if recv == nil {
		return opNone
	}
	return syncOps[typeName(recv.Type())+"."+m.Name()]
}

// partners pairs the methods of a lock.
var partners = map[string]string{"Lock": "Unlock", "Unlock": "Lock", "RLock": "RUnlock", "RUnlock": "RLock"}

// lockerMethod classifies a method of an interface that asks for both methods
// of a pair, as sync.Locker does: whatever is behind it is used as a mutex.
func lockerMethod(m *types.Func) op {
	partner := partners[m.Name()]
	if partner == "" {
		return opNone
	}
	sig := m.Signature()
	if sig.Recv() == nil || sig.Params().Len() > 0 || sig.Results().Len() > 0 {
		return opNone
	}
	i, ok := sig.Recv().Type().Underlying().(*types.Interface)
	if !ok {
		return opNone
	}
	for k := range i.NumMethods() {
		o := i.Method(k)
		if o.Name() == partner && o.Signature().Params().Len() == 0 && o.Signature().Results().Len() == 0 {
			return syncOps["RWMutex."+m.Name()]
		}
	}
	return opNone
}

// isLocker reports whether a value of type t may be handed out as a lock.
func isLocker(t types.Type) bool {
	if isSyncType(t, "Mutex", "RWMutex", "Locker") {
		return true
	}
	i, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for k := range i.NumMethods() {
		if lockerMethod(i.Method(k)) != opNone {
			return true
		}
	}
	return false
}

// syncCall classifies a call and returns the object it is about. It sees
// through method values and through method expressions.
func (f *frame) syncCall(c *ssa.CallCommon) (op, ssa.Value) {
	if c.IsInvoke() {
		o := syncMethod(c.Method)
		if rw := f.readLocker(c.Value); rw != nil {
			return readOps[o], rw
		}
		if o == opNone && f.pkg.dynamicType(f, c.Value, 0) == nil {
			o = f.pkg.wrapper(c.Method)
		}
		return o, c.Value
	}
	if fn, ok := c.Value.(*ssa.Function); ok { // the common case, made cheap
		if fn.Signature.Recv() == nil && fn.Synthetic == "" {
			return opNone, nil
		}
		if m, ok := fn.Object().(*types.Func); ok && len(c.Args) > 0 {
			return syncMethod(m), c.Args[0]
		}
		return opNone, nil
	}
	if fn, bindings := f.funcValue(c.Value); fn != nil && len(bindings) == 1 {
		if m := boundMethod(fn); m != nil {
			return syncMethod(m), bindings[0]
		}
	}
	return opNone, nil
}

// readOps is what the methods of the result of RLocker do to the RWMutex.
var readOps = map[op]op{opLock: opRLock, opUnlock: opRUnlock}

// readLocker returns the RWMutex whose method RLocker made a sync.Locker, or
// nil.
func (f *frame) readLocker(v ssa.Value) ssa.Value {
	if u, ok := v.(*ssa.UnOp); ok && u.Op == token.MUL {
		if c := f.cell(u.X); c != nil {
			v = c
		}
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return nil
	}
	if fn := call.Call.StaticCallee(); fn != nil && fn.String() == "(*sync.RWMutex).RLocker" {
		return call.Call.Args[0]
	}
	return nil
}

// boundMethod returns the method behind the wrapper that go/ssa makes for a
// method value such as mu.Unlock.
func boundMethod(fn *ssa.Function) *types.Func {
	if fn.Synthetic == "" || len(fn.FreeVars) != 1 || fn.Parent() != nil {
		return nil
	}
	m, _ := fn.Object().(*types.Func)
	return m
}

// typeName returns the name of a named type or of what it points to.
func typeName(t types.Type) string {
	if named := namedOf(t); named != nil {
		return named.Obj().Name()
	}
	return ""
}

// namedOf returns the named type behind at most one pointer, or nil.
func namedOf(t types.Type) *types.Named {
	t = types.Unalias(t)
	if p, ok := t.Underlying().(*types.Pointer); ok {
		if _, isNamed := t.(*types.Named); !isNamed {
			t = types.Unalias(p.Elem())
		}
	}
	n, _ := t.(*types.Named)
	return n
}

// isSyncType reports whether t, or what it points to, is the named type of
// package sync.
func isSyncType(t types.Type, names ...string) bool {
	n := namedOf(t)
	if n == nil || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "sync" {
		return false
	}
	for _, name := range names {
		if n.Obj().Name() == name {
			return true
		}
	}
	return false
}

// position returns the best position of an instruction: go/ssa gives jumps
// and implicit returns none.
func position(i ssa.Instruction) token.Pos {
	if i.Pos().IsValid() {
		return i.Pos()
	}
	if c, ok := i.(ssa.CallInstruction); ok {
		return c.Common().Pos()
	}
	return token.NoPos
}
