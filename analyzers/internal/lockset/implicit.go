package lockset

import (
	"go/constant"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Methods that nobody calls by name: those which fmt, log and encoding/json
// call of what they are given.

// implicitCalls: String, Error, MarshalJSON and so on, called by fmt, log and
// encoding/json on their arguments, and by what hands its own on to them.
func (f *frame) implicitCalls(s *state, i ssa.Instruction, c *ssa.CallCommon) {
	fn := c.StaticCallee()
	if fn == nil || fn.Pkg == nil && fn.Object() == nil {
		return
	}
	methods := formatters(fn)
	args := f.formatted(fn, c)
	if methods == nil {
		methods = plainFormat
		args = f.handedOn(fn, c)
	}
	for _, a := range args {
		for _, m := range methods {
			if meth := f.pkg.methodNamed(a.X.Type(), m); meth != nil {
				if t := f.pkg.target(meth, []ssa.Value{a.X}, nil); t != nil {
					t.name = t.name + " through " + fn.Name()
					f.checkAcquires(s, i, t)
				}
				break
			}
		}
	}
}

// plainFormat are the methods that the verbs of text call.
var plainFormat = []string{"Error", "String"}

// formatters returns the methods a library function calls on its arguments.
func formatters(fn *ssa.Function) []string {
	obj, _ := fn.Object().(*types.Func)
	return formattersOf(obj)
}

func formattersOf(fn *types.Func) []string {
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	switch fn.Pkg().Path() {
	case "fmt":
		switch fn.Name() {
		case "Print", "Println", "Printf", "Sprint", "Sprintln", "Sprintf", "Fprint", "Fprintln", "Fprintf", "Errorf", "Append", "Appendf", "Appendln":
			return plainFormat
		}
	case "log":
		switch strings.TrimSuffix(strings.TrimSuffix(fn.Name(), "f"), "ln") {
		case "Print", "Fatal", "Panic":
			return plainFormat
		}
	case "testing":
		switch strings.TrimSuffix(fn.Name(), "f") {
		case "Log", "Error", "Fatal", "Skip":
			return plainFormat
		}
	case "encoding/json":
		switch fn.Name() {
		case "Marshal", "MarshalIndent", "Encode":
			return []string{"MarshalJSON", "MarshalText"}
		}
	}
	return nil
}

// formatted returns the arguments on which methods are called, by the verbs of
// a constant format.
func (f *frame) formatted(fn *ssa.Function, c *ssa.CallCommon) []*ssa.MakeInterface {
	methods := formatters(fn)
	if methods == nil {
		return nil
	}
	var out []*ssa.MakeInterface
	verbs, known := "", false
	for _, a := range c.Args {
		if strings.HasSuffix(fn.Name(), "f") && !known {
			verbs, known = constantVerbs(a)
		}
		if mi, ok := a.(*ssa.MakeInterface); ok && methods[0] == "MarshalJSON" {
			out = append(out, mi)
		}
		out = append(out, asText(a, verbs, known)...)
	}
	return out
}

// asText returns those arguments in a list that become text: by the verbs of a
// format, if that is known, or all.
func asText(list ssa.Value, verbs string, known bool) (out []*ssa.MakeInterface) {
	sl, ok := list.(*ssa.Slice)
	if !ok {
		return nil
	}
	elems := map[int]*ssa.MakeInterface{}
	n := 0
	for _, r := range *sl.X.Referrers() {
		ia, ok := r.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		k, ok := ia.Index.(*ssa.Const)
		if !ok {
			continue
		}
		for _, st := range *ia.Referrers() {
			if st, ok := st.(*ssa.Store); ok {
				if mi, ok := st.Val.(*ssa.MakeInterface); ok {
					elems[int(k.Int64())] = mi
					n = max(n, int(k.Int64())+1)
				}
			}
		}
	}
	for k := range n {
		if mi := elems[k]; mi != nil && (!known || k < len(verbs) && strings.IndexByte("vsqxX", verbs[k]) >= 0) {
			out = append(out, mi)
		}
	}
	return out
}

// constantVerbs returns the verbs of a format that is a constant.
func constantVerbs(v ssa.Value) (verbs string, ok bool) {
	k, ok := v.(*ssa.Const)
	if !ok || k.Value == nil || k.Value.Kind() != constant.String {
		return "", false
	}
	return formatVerbs(strings.Trim(k.Value.ExactString(), `"`)), true
}

// formatVerbs returns the verbs of a format, one for each argument; none if
// it uses what this does not understand.
func formatVerbs(format string) string {
	var verbs []byte
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.", format[i]) >= 0; i++ {
			if format[i] == '#' {
				return "" // Go syntax: other methods
			}
		}
		if i >= len(format) || format[i] == '[' || format[i] == '*' {
			return ""
		}
		if format[i] != '%' {
			verbs = append(verbs, format[i])
		}
	}
	return string(verbs)
}
