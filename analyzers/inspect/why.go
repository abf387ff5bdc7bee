package inspect

import (
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/internal/explored"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Why tells why nothing is reported about the operations of a line.
var Why = &analysis.Analyzer{
	Name:     "why",
	Doc:      "tell why nothing is reported about an operation",
	Requires: []*analysis.Analyzer{explored.Analyzer},
	Run:      runWhy,
}

var at string

func init() {
	Why.Flags.StringVar(&at, "at", "", "the operation, as `file:line`")
}

func runWhy(pass *analysis.Pass) (any, error) {
	file, line, err := SplitLine(at)
	if err != nil {
		return nil, err
	}
	for _, f := range pass.Files {
		tf := pass.Fset.File(f.FileStart)
		if tf == nil || line > tf.LineCount() || tf.Name() != file {
			continue
		}
		w := &why{pass: pass, res: pass.ResultOf[explored.Analyzer].(*explored.Result), file: file, line: line}
		pass.Reportf(tf.LineStart(line), "%s", w.answer())
	}
	return nil, nil
}

// SplitLine takes "file:line" apart.
func SplitLine(s string) (file string, line int, err error) {
	i := strings.LastIndexByte(s, ':')
	if i > 0 {
		line, err = strconv.Atoi(s[i+1:])
	}
	if i <= 0 || err != nil || line < 1 {
		return "", 0, fmt.Errorf("-why wants file:line, not %q", s)
	}
	return s[:i], line, nil
}

// why answers for one line.
type why struct {
	pass *analysis.Pass
	res  *explored.Result
	file string
	line int
}

func (w *why) here(pos token.Pos) bool {
	if !pos.IsValid() {
		return false
	}
	p := w.pass.Fset.Position(pos)
	return p.Filename == w.file && p.Line == w.line
}

// answer gives the first reason that holds, from the plainest on.
func (w *why) answer() string {
	for _, f := range w.res.Findings {
		if w.here(f.Pos) {
			return "there is a finding: " + f.Message(w.pass.Fset)
		}
	}
	fn, op, ok := w.operation()
	if !ok {
		return "no operation on a channel, lock, WaitGroup or goroutine was explored at this line"
	}
	short := func(name string) string {
		if f := w.res.Package.Prog.Funcs[name]; f != nil && f.Short != "" {
			return f.Short
		}
		return name
	}
	var complete, bounded []string
	bound := ""
	for _, r := range w.res.Roots {
		if _, ok := slices.BinarySearch(r.Entered, fn); !ok {
			continue
		}
		if r.Bound == "" {
			complete = append(complete, short(r.Func))
		} else {
			bounded = append(bounded, short(r.Func))
			bound = r.Bound
		}
	}
	switch {
	case len(complete)+len(bounded) == 0:
		return fmt.Sprintf("%s: nothing that was explored calls %s: only functions that make a channel, lock or goroutine, or reach one that does, are explored", op, short(fn))
	case len(bounded) > 0:
		return fmt.Sprintf("%s: exploring %s was given up at a bound (%s); up to there, somebody can always help, or the object is in the hands of code that is not in sight", op, list(bounded), bound)
	}
	return fmt.Sprintf("%s: in all that %s can do, somebody can always help, or the object is in the hands of code that is not in sight", op, list(complete))
}

// list names up to three functions.
func list(names []string) string {
	if n := len(names); n > 3 {
		return fmt.Sprintf("%s and %d others", strings.Join(names[:3], ", "), n-3)
	}
	return strings.Join(names, ", ")
}

// operation finds an operation at the line that can block or panic, or else a
// call, in the first function that has one.
func (w *why) operation() (fn string, op skeleton.Op, ok bool) {
	if w.res.Package == nil {
		return "", 0, false
	}
	funcs := w.res.Package.Prog.Funcs
	for _, name := range slices.Sorted(maps.Keys(funcs)) {
		for _, block := range funcs[name].Blocks {
			for i := range block {
				in := &block[i]
				if !w.concerns(in) || ok && in.Op == skeleton.Call {
					continue
				}
				fn, op, ok = name, in.Op, true
				if op != skeleton.Call {
					return fn, op, true
				}
			}
		}
	}
	return fn, op, ok
}

func (w *why) concerns(in *skeleton.Instr) bool {
	switch in.Op {
	case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select, skeleton.Close, skeleton.Cancel, skeleton.Lock, skeleton.RLock,
		skeleton.WgWait, skeleton.WgAdd, skeleton.CondPark, skeleton.Signal, skeleton.Broadcast, skeleton.Spawn, skeleton.Call:
	default:
		return false
	}
	if w.here(w.res.Package.Pos(in.Pos)) {
		return true
	}
	return slices.ContainsFunc(in.Cases, func(c skeleton.Case) bool { return w.here(w.res.Package.Pos(c.Pos)) })
}
