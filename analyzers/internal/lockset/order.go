package lockset

import "golang.org/x/tools/go/ssa"

type edge struct {
	fn *ssa.Function
}

func (f *frame) order(s *state, i ssa.Instruction, l int, m Mode, chain []Step, under []string) {
}

func (f *frame) orderTo(s *state, i ssa.Instruction, l int, lk lock, m Mode, chain []Step, under, dropped []string) {
}

func (p *pkg) judgeOrder() {}
