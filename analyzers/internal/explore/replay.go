package explore

import "github.com/concheck/concheck/analyzers/internal/explore/oracle"

// Replay has the oracle follow the schedule of a finding: an interpreter that
// knows nothing of reduction, of canonical states and of the environment's
// habits. What it refutes is no finding. The reason tells how far it got.
//
// Loops that time or a closed channel keeps going end nowhere: for findings of
// these kinds the answer is that nothing refutes them.
func (p *Program) Replay(root Root, f *Finding) (oracle.Answer, string) {
	if f.Kind > UnlockUnlocked {
		return oracle.Unrefuted, "no schedule leads to its end"
	}
	var steps []oracle.Step
	for _, st := range f.Steps {
		o := oracle.Step{Goroutine: st.Goroutine, Op: st.Op, Case: st.Case, Partner: st.Partner}
		if st.at != nil {
			o.At = st.at.Instr
		}
		for _, c := range st.Choices {
			o.Choices = append(o.Choices, oracle.Choice{At: c.at, Val: c.Val})
		}
		steps = append(steps, o)
	}
	end := oracle.End{Kind: oracle.Kind(f.Kind), Goroutine: f.Main.ID, At: f.Main.at}
	return oracle.Replay(p.src, oracle.Root{Func: root.Func, Main: root.Kind == Main}, steps, end)
}
