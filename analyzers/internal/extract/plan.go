package extract

import "golang.org/x/tools/go/ssa"

// plan is what a function's skeleton keeps.
type plan struct {
	control *control
	live    []bool // blocks that have something to keep
	defers  bool   // a defer is kept
	kept    map[ssa.Instruction]bool
	needed  map[ssa.Value]bool
	writes  map[ssa.CallInstruction]map[int]bool // arguments through which unknown code writes what is read
}

func newPlan(fn *ssa.Function) *plan {
	return &plan{
		control: newControl(fn), live: make([]bool, len(fn.Blocks)),
		kept: map[ssa.Instruction]bool{}, needed: map[ssa.Value]bool{}, writes: map[ssa.CallInstruction]map[int]bool{},
	}
}

// markWrite notes that a call writes through an argument, and reports whether that was known.
func (pl *plan) markWrite(c ssa.CallInstruction, arg int) bool {
	if pl.writes[c][arg] {
		return true
	}
	if pl.writes[c] == nil {
		pl.writes[c] = map[int]bool{}
	}
	pl.writes[c][arg] = true
	return false
}

func (pl *plan) keeps(in ssa.Instruction) bool { return pl.kept[in] }

func (pl *plan) needs(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Const, *ssa.Function, *ssa.Global:
		return true
	}
	return pl.needed[v]
}

// planOf returns the plan of a function. One that slicing has not met keeps everything.
func (p *program) planOf(fn *ssa.Function) *plan {
	if pl := p.plans[fn]; pl != nil {
		return pl
	}
	pl := newPlan(fn)
	for _, v := range fn.Params {
		pl.needed[v] = true
	}
	for _, v := range fn.FreeVars {
		pl.needed[v] = true
	}
	for i, b := range fn.Blocks {
		pl.live[i] = true
		for _, in := range b.Instrs {
			pl.kept[in] = true
			if v, ok := in.(ssa.Value); ok {
				pl.needed[v] = true
			}
			if _, ok := in.(*ssa.Defer); ok {
				pl.defers = true
			}
		}
	}
	p.plans[fn] = pl
	return pl
}
