package lockset

import "golang.org/x/tools/go/ssa"

type census struct{}

func (f *frame) blocking(s *state, i ssa.Instruction) {}

func (f *frame) fieldCallback(s *state, i ssa.Instruction, t *target, cb Callback, p place, chain []Step) {
}

func (p *pkg) judgeBlocking() {}

type lockAlias struct {
	class, suffix, steps string
}

func (p *pkg) alias(class string) lockAlias { return p.aliases[class] }

func (p *pkg) escapes(class string) bool { return p.escaped[class] }

func (f *frame) getter(v *ssa.Call) (place, bool) {
	fn := v.Call.StaticCallee()
	if fn == nil || v.Call.Signature().Results().Len() != 1 || !lockish(v.Type()) {
		return place{}, false
	}
	t := f.pkg.target(fn, v.Call.Args, nil)
	if t.effects.Returns == "" {
		return place{}, false
	}
	return f.translate(t, t.effects.Returns)
}
