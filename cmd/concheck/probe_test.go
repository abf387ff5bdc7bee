package main

import (
	"fmt"
	"go/ast"
	"go/types"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
)

// probe is a check that reports what the code under test tells it to, so that
// the hosts and formats can be tested with every feature of a diagnostic:
//
//	report("message")  reports message, with the steps before it as related places
//	step("message")    is such a step
//	fixme()            reports and suggests to call fixed instead
//	crash()            makes the check panic
//	give.Up()          makes it return an error
//	hog()              makes it need too much memory
//	nap("1.5s")        makes it sleep
//	func Leaky()       has a fact, and calls of it are reported in every package
var probe = &analysis.Analyzer{
	Name: "probe",
	Doc: `report what the code says

The probe check exists in tests only.

WRONG:

	report("wrong")

RIGHT:

	// silence`,
	URL:       "https://example.com/concheck#probe",
	FactTypes: []analysis.Fact{new(leaky), new(seen)},
	Run:       runProbe,
}

var (
	probeLoud bool
	hoard     [][]byte
)

func init() {
	probe.Flags.BoolVar(&probeLoud, "loud", false, "shout")
}

type leaky struct{}

func (*leaky) AFact()         {}
func (*leaky) String() string { return "leaky" }

// seen is a fact about every package.
type seen struct{}

func (*seen) AFact() {}

func runProbe(pass *analysis.Pass) (any, error) {
	pass.ExportPackageFact(new(seen))
	var failure error
	for _, file := range pass.Files {
		var steps []analysis.RelatedInformation
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				steps = nil
				if n.Name.Name == "Leaky" {
					pass.ExportObjectFact(pass.TypesInfo.Defs[n.Name], new(leaky))
				}
			case *ast.CallExpr:
				d := analysis.Diagnostic{Pos: n.Pos(), End: n.End()}
				switch types.ExprString(n.Fun) {
				case "step":
					steps = append(steps, analysis.RelatedInformation{Pos: n.Pos(), End: n.End(), Message: text(n)})
				case "report":
					d.Category, d.Message, d.Related = "probe/call", text(n), steps
				case "fixme":
					d.Message = "call fixed instead"
					d.SuggestedFixes = []analysis.SuggestedFix{{
						Message:   "Call fixed",
						TextEdits: []analysis.TextEdit{{Pos: n.Fun.Pos(), End: n.Fun.End(), NewText: []byte("fixed")}},
					}}
				case "crash":
					panic("told to crash")
				case "hog":
					for range 60 {
						hoard = append(hoard, make([]byte, 16<<20)) // not touched, so never real
						time.Sleep(10 * time.Millisecond)
					}
				case "nap":
					d, err := time.ParseDuration(text(n))
					failure = err
					time.Sleep(d)
				case "give.Up":
					failure = fmt.Errorf("told to give up")
				default:
					sel, _ := n.Fun.(*ast.SelectorExpr)
					if sel != nil {
						if obj := pass.TypesInfo.Uses[sel.Sel]; obj != nil && pass.ImportObjectFact(obj, new(leaky)) {
							d.Message = "call of leaky " + obj.Pkg().Path()
						}
					}
				}
				if probeLoud {
					d.Message = strings.ToUpper(d.Message)
				}
				if d.Message != "" {
					pass.Report(d)
				}
			}
			return true
		})
	}
	return nil, failure
}

func text(call *ast.CallExpr) string {
	lit, ok := call.Args[0].(*ast.BasicLit)
	if !ok {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}
