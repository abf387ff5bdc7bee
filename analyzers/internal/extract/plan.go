package extract

import "golang.org/x/tools/go/ssa"

// plan is what a function's skeleton keeps.
type plan struct {
	control  *control
	live     []bool // blocks that have something to keep
	defers   bool   // a defer is kept
	recovers bool   // the block that returns after a recovered panic is kept
	kept     map[ssa.Instruction]bool
	needed   map[ssa.Value]bool
}

func (pl *plan) keeps(in ssa.Instruction) bool { return pl.kept[in] }

func (pl *plan) needs(v ssa.Value) bool { return pl.needed[v] }

func (p *program) planOf(fn *ssa.Function) *plan {
	if pl := p.plans[fn]; pl != nil {
		return pl
	}
	pl := &plan{control: newControl(fn), live: make([]bool, len(fn.Blocks)), kept: map[ssa.Instruction]bool{}, needed: map[ssa.Value]bool{}}
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
				pl.defers, pl.recovers = true, true
			}
		}
	}
	p.plans[fn] = pl
	return pl
}
