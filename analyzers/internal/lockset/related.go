package lockset

import "golang.org/x/tools/go/analysis"

// Related renders the call chains of a finding step by step: first how the lock
// came to be held, then how control gets to the finding, then the other side
// of a cycle. Steps in other packages have no position; they are told at the step
// that leads there.
func Related(f *Finding) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	add := func(steps []Step) {
		at := f.Pos
		for _, s := range steps {
			text := s.Text
			if s.pos.IsValid() {
				at = s.pos
			} else if s.Where != "" {
				text += " at " + s.Where
			}
			out = append(out, analysis.RelatedInformation{Pos: at, Message: text})
		}
	}
	add(f.Held)
	add(f.Chain)
	for _, o := range f.Others {
		add(o)
	}
	return out
}
