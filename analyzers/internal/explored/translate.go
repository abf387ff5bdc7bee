package explored

import (
	"fmt"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/extract"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// translate puts an exploration's finding into the user's words and positions.
func (e *explorer) translate(r extract.Root, f *explore.Finding) *finding.Finding {
	out := &finding.Finding{
		Place:    e.place(&f.Main),
		Root:     e.short(r.Func),
		Returned: e.pkg.Pos(f.Returned),
	}
	switch f.Kind {
	case explore.SendClosed:
		out.Kind = finding.SendClosed
		if m := &f.Main; m.Op == skeleton.Select && len(m.Waits) == 1 {
			out.Object, out.Pos = m.Waits[0].Name, e.pkg.Pos(m.Waits[0].Pos)
		}
	case explore.CloseClosed:
		out.Kind = finding.CloseClosed
	case explore.CloseNil:
		out.Kind = finding.CloseNil
	case explore.NegativeCounter:
		out.Kind = finding.Negative
	case explore.UnlockUnlocked:
		out.Kind = finding.UnlockUnlocked
	case explore.Spin:
		out.Kind = finding.Spin
	case explore.Endless:
		out.Kind = finding.Endless
		if out.Far == "" {
			out.Pos = e.loop(out.Pos)
		}
	}
	for i := range f.Others {
		out.Others = append(out.Others, e.place(&f.Others[i]))
	}
	out.Helped = f.Helped
	out.Steps, out.Context = e.steps(f), e.context(f)
	out.Forgotten = e.forgotten(r, f)
	return out
}

func (e *explorer) place(g *explore.Goroutine) finding.Place {
	p := finding.Place{Object: g.Name, Entry: g.Func, Pos: e.pkg.Pos(g.Pos), Far: e.far(g.Far), Started: e.pkg.Pos(g.Started)}
	if len(g.Stack) > 0 {
		p.Func = e.short(g.Stack[0].Func)
	}
	if len(g.Waits) > 0 {
		p.Made = e.pkg.Pos(g.Waits[0].Made)
		p.Limited, p.RW = g.Waits[0].Cap > 0, g.Waits[0].RW
		p.Nil = true
		for _, w := range g.Waits {
			p.Nil = p.Nil && w.Nil
		}
	}
	switch g.Op {
	case skeleton.Send:
		p.Kind = finding.Send
	case skeleton.Recv, skeleton.Recv2:
		p.Kind = finding.Receive
		if len(g.Waits) > 0 && g.Waits[0].Range {
			p.Kind = finding.Range
		}
	case skeleton.Select:
		p.Kind = finding.Select
		p.NoCases = len(g.Waits) == 0
	case skeleton.WgWait:
		p.Kind = finding.Wait
	case skeleton.CondPark:
		p.Kind = finding.Cond
	case skeleton.Lock, skeleton.RLock:
		p.Kind = finding.Lock
		p.Read = g.Op == skeleton.RLock
	default:
		p.Kind = finding.Call
	}
	if g.Inside && (p.Kind == finding.Send || p.Kind == finding.Receive || p.Kind == finding.Select) {
		p.Kind, p.Object = finding.Call, g.Call
	}
	return p
}

// far is a position in another package as text.
func (e *explorer) far(pos skeleton.Pos) string {
	at := e.pkg.Place(pos)
	if at.File == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d", at.File, at.Line)
}

// loop is the innermost loop around a position, the position itself if there is none.
func (e *explorer) loop(pos token.Pos) token.Pos {
	for _, n := range e.above(pos) {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return n.Pos()
		case *ast.FuncLit, *ast.FuncDecl:
			return pos
		}
	}
	return pos
}

// above is the syntax around a position, from the inside out.
func (e *explorer) above(pos token.Pos) []ast.Node {
	for _, file := range e.files {
		if pos >= file.FileStart && pos < file.FileEnd {
			path, _ := astutil.PathEnclosingInterval(file, pos, pos)
			return path
		}
	}
	return nil
}

func (e *explorer) short(name string) string {
	if f := e.pkg.Prog.Funcs[name]; f != nil && f.Short != "" {
		return f.Short
	}
	return name
}

// steps is the schedule without what the user did not write. Goroutines are
// numbered in the order of their appearance; the root has no number.
func (e *explorer) steps(f *explore.Finding) []finding.Step {
	var out []finding.Step
	numbers := map[int]int{}
	add := func(g int, pos skeleton.Pos, text string) {
		if g > 0 {
			if numbers[g] == 0 {
				numbers[g] = len(numbers) + 1
			}
			text = fmt.Sprintf("goroutine %d: %s", numbers[g], text)
		}
		out = append(out, finding.Step{Goroutine: g, Pos: e.pkg.Pos(pos), Text: text})
	}
	for i := range f.Steps {
		s := &f.Steps[i]
		for _, c := range s.Choices {
			if c.Text != "" && c.Pos != 0 {
				add(s.Goroutine, c.Pos, fmt.Sprintf("with %s = %s", c.Text, value(c.Val)))
			}
		}
		if text := stepText(s); text != "" && s.Pos != 0 {
			if far := e.far(s.Far); far != "" {
				text += " (" + far + ")"
			}
			add(s.Goroutine, s.Pos, text)
		}
	}
	return finding.Condensed(out)
}

// context is what one must know to read the schedule.
func (e *explorer) context(f *explore.Finding) []finding.Step {
	var out []finding.Step
	if f.Main.Started != 0 {
		out = append(out, finding.Step{Goroutine: f.Main.ID, Pos: e.pkg.Pos(f.Main.Started), Text: "the goroutine is started here"})
	}
	if made := e.made(f); made.IsValid() {
		out = append(out, finding.Step{Pos: made, Text: "what it waits for is made here"})
	}
	return out
}

func (e *explorer) made(f *explore.Finding) token.Pos {
	if len(f.Main.Waits) == 0 {
		return token.NoPos
	}
	return e.pkg.Pos(f.Main.Waits[0].Made)
}

func value(v string) string {
	if v == "nonnil" {
		return "not nil"
	}
	return v
}

var verbs = map[skeleton.Op]string{
	skeleton.Send: "sends on %s", skeleton.Recv: "receives from %s", skeleton.Recv2: "receives from %s",
	skeleton.Close: "closes %s", skeleton.Cancel: "cancels %s", skeleton.Lock: "locks %s", skeleton.RLock: "read-locks %s",
	skeleton.TryLock: "tries to lock %s", skeleton.TryRLock: "tries to read-lock %s", skeleton.WgWait: "passes %s.Wait",
	skeleton.CondPark: "wakes up from %s.Wait", skeleton.Signal: "signals %s", skeleton.Broadcast: "broadcasts %s",
}

func stepText(s *explore.Step) string {
	name := s.Name
	if name == "" {
		name = "it"
	}
	if s.Op == skeleton.Select {
		if s.Case < 0 {
			return "takes the default case"
		}
		return "takes the case of " + name
	}
	verb, ok := verbs[s.Op]
	if !ok {
		return ""
	}
	return fmt.Sprintf(verb, name)
}
