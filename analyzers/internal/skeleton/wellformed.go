package skeleton

import "fmt"

// arity is the least number of operands of each operation; those not listed take none.
var arity = [numOps]int{
	Copy: 1, Bin: 2, Not: 1, Neg: 1, Len: 1, Cap: 1, Elem: 1, Closure: 1, Iface: 1, Assert: 1, Assert2: 1,
	Field: 1, Index: 2, Load: 1, Store: 2, MakeSlice: 2, SliceAt: 2, Slice: 3, Append: 2, CopySlice: 2,
	MapGet: 2, MapSet: 3, MapDel: 2, MapIter: 1, MapNext: 1, MakeChan: 1, Send: 2, Recv: 1, Recv2: 1,
	Close: 1, Cancel: 1, Link: 2, Mark: 1, Lock: 1, Unlock: 1, RLock: 1, RUnlock: 1, TryLock: 1, TryRLock: 1,
	WgAdd: 2, WgWait: 1, CondAdd: 1, CondPark: 1, Signal: 1, Broadcast: 1, Yield: 1,
	Call: 1, Spawn: 1, Defer: 1, Branch: 1, Panic: 1,
}

// Check reports the first breach of form: a missing operand, an unknown
// register or block, a block without an end, an end inside a block, or a
// letter that is no layout. What passes can be explored without a further look.
func (f *Func) Check() error {
	if len(f.Blocks) == 0 {
		return fmt.Errorf("%s: no blocks", f.Name)
	}
	if f.Recover >= int32(len(f.Blocks)) {
		return fmt.Errorf("%s: no block b%d to recover in", f.Name, f.Recover)
	}
	for _, params := range [][]Param{f.Params, f.Frees} {
		for _, p := range params {
			if !validLayout(p.Layout) || p.Layout == "" {
				return fmt.Errorf("%s: parameter %s has the layout %q", f.Name, p.Name, p.Layout)
			}
		}
	}
	for i, block := range f.Blocks {
		if len(block) == 0 || !block[len(block)-1].Op.IsEnd() {
			return fmt.Errorf("%s: block b%d has no end", f.Name, i)
		}
		for j := range block {
			if err := f.checkInstr(&block[j], j == len(block)-1); err != nil {
				return fmt.Errorf("%s: b%d: %s: %w", f.Name, i, &block[j], err)
			}
		}
	}
	return nil
}

func (f *Func) checkInstr(in *Instr, last bool) error {
	switch {
	case in.Op == Invalid || in.Op >= numOps:
		return fmt.Errorf("unknown operation")
	case in.Op.IsEnd() != last:
		return fmt.Errorf("out of place")
	case len(in.Args) < arity[in.Op]:
		return fmt.Errorf("wants %d operands", arity[in.Op])
	case !validLayout(in.Layout):
		return fmt.Errorf("bad layout")
	case in.Places != nil && len(in.Places) != len(in.Layout):
		return fmt.Errorf("wants a place for each cell")
	case in.Dst != NoReg && (in.Dst < 0 || in.Dst >= Reg(f.Regs)):
		return fmt.Errorf("bad result register")
	case in.Op == Havoc && len(in.Tag) != len(in.Args):
		return fmt.Errorf("wants a mode for each operand")
	case in.Op == Elem && (in.N < 0 || in.M < 1):
		return fmt.Errorf("bad range of cells")
	case in.Op == Closure && in.Args[0].Kind != ArgFunc:
		return fmt.Errorf("wants a function")
	}
	if n := int32(len(f.Blocks)); in.Op == Jump || in.Op == Branch {
		if in.Then < 0 || in.Then >= n || in.Else < 0 || in.Else >= n {
			return fmt.Errorf("unknown block")
		}
	}
	for _, a := range in.Args {
		if err := f.checkArg(a); err != nil {
			return err
		}
	}
	for _, c := range in.Cases {
		if !validLayout(c.Layout) {
			return fmt.Errorf("bad layout")
		}
		if err := f.checkArg(c.Chan); err != nil {
			return err
		}
		if err := f.checkArg(c.Val); err != nil {
			return err
		}
	}
	return nil
}

func (f *Func) checkArg(a Arg) error {
	if a.Kind == ArgReg && (a.N < 0 || a.N >= int64(f.Regs)) {
		return fmt.Errorf("unknown register %s", a)
	}
	return nil
}

func validLayout(layout string) bool {
	for _, c := range layout {
		switch c {
		case 'b', 'i', 'u', 'n', 'p', 'o', 'm', 'r', 'w', 'c':
		default:
			return false
		}
	}
	return true
}

// maxReg is the highest register the function names, -1 if it names none.
func (f *Func) maxReg() int32 {
	highest := int32(len(f.Params) + len(f.Frees) - 1)
	see := func(a Arg) {
		if a.Kind == ArgReg {
			highest = max(highest, int32(a.N))
		}
	}
	for _, block := range f.Blocks {
		for i := range block {
			highest = max(highest, int32(block[i].Dst))
			for _, a := range block[i].Args {
				see(a)
			}
			for _, c := range block[i].Cases {
				see(c.Chan)
				see(c.Val)
			}
		}
	}
	return highest
}
