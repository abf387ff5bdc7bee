package skeleton

import (
	"fmt"
	"strconv"
	"strings"
)

// Parse reads a program in text form. Lines that are empty or start with // are
// passed over. It checks form, and that registers and blocks exist: an
// accepted program can be explored without a further look. Errors name the line.
func Parse(text string) (*Program, error) {
	p := &parser{prog: &Program{Funcs: map[string]*Func{}, Types: map[string]*Type{}}}
	for i, line := range strings.Split(text, "\n") {
		if err := p.line(strings.TrimSpace(line)); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	if p.fn != nil || p.typ != nil {
		return nil, fmt.Errorf("the last function or type is not closed")
	}
	for _, f := range p.prog.Funcs {
		if err := f.Check(); err != nil {
			return nil, err
		}
	}
	return p.prog, nil
}

// MustParse is Parse for texts that are part of the program.
func MustParse(text string) *Program {
	p, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return p
}

type parser struct {
	prog *Program
	fn   *Func
	typ  *Type
}

func (p *parser) line(line string) error {
	if line == "" || strings.HasPrefix(line, "//") {
		return nil
	}
	toks, err := tokens(line)
	if err != nil {
		return err
	}
	switch {
	case toks[0] == "}" && len(toks) == 1:
		return p.end()
	case p.typ != nil:
		if len(toks) != 2 {
			return fmt.Errorf("want a method and its function")
		}
		p.typ.Methods[toks[0].name()] = toks[1].name()
		return nil
	case p.fn == nil && toks[0] == "func":
		return p.funcHead(toks[1:])
	case p.fn == nil && toks[0] == "type":
		return p.typeHead(toks[1:])
	case p.fn == nil:
		return fmt.Errorf("want func or type, have %s", toks[0])
	case len(toks) == 1 && strings.HasSuffix(string(toks[0]), ":"):
		n, ok := blockNum(strings.TrimSuffix(string(toks[0]), ":"))
		if !ok || int(n) != len(p.fn.Blocks) {
			return fmt.Errorf("want block b%d", len(p.fn.Blocks))
		}
		p.fn.Blocks = append(p.fn.Blocks, nil)
		return nil
	case len(p.fn.Blocks) == 0:
		return fmt.Errorf("instruction before the first block")
	}
	in, err := instr(toks)
	if err != nil {
		return err
	}
	last := &p.fn.Blocks[len(p.fn.Blocks)-1]
	*last = append(*last, in)
	return nil
}

func (p *parser) end() error {
	switch {
	case p.typ != nil:
		p.prog.Types[p.typ.Tag] = p.typ
		p.typ = nil
	case p.fn != nil:
		p.fn.Regs = p.fn.maxReg() + 1
		p.prog.Funcs[p.fn.Name] = p.fn
		p.fn = nil
	default:
		return fmt.Errorf("nothing to close")
	}
	return nil
}

func (p *parser) typeHead(toks []token) error {
	if len(toks) < 2 || toks[len(toks)-1] != "{" {
		return fmt.Errorf("want type TAG [implements TAG…] {")
	}
	p.typ = &Type{Tag: toks[0].name(), Methods: map[string]string{}}
	toks = toks[1 : len(toks)-1]
	if len(toks) > 0 && toks[0] == "implements" {
		for _, t := range toks[1:] {
			p.typ.Implements = append(p.typ.Implements, t.name())
		}
	}
	return nil
}

func (p *parser) funcHead(toks []token) error {
	if len(toks) < 2 || toks[len(toks)-1] != "{" {
		return fmt.Errorf("want func NAME (params) … {")
	}
	f := &Func{Name: toks[0].name(), Recover: -1}
	toks = toks[1 : len(toks)-1]
	if len(toks) > 0 && toks[0][0] == '"' {
		f.Short = toks[0].name()
		toks = toks[1:]
	}
	var err error
	if f.Params, toks, err = params(toks); err != nil {
		return err
	}
	for len(toks) > 0 {
		switch t := toks[0]; {
		case t == "free":
			if f.Frees, toks, err = params(toks[1:]); err != nil {
				return err
			}
			continue
		case t == "->":
		case t == "library":
			f.Library = true
		case t == "recover" && len(toks) > 1:
			n, ok := blockNum(string(toks[1]))
			if !ok {
				return fmt.Errorf("recover wants a block")
			}
			f.Recover = n
			toks = toks[1:]
		case t[0] == '@':
			n, err := strconv.ParseInt(string(t[1:]), 10, 32)
			if err != nil {
				return err
			}
			f.Pos = Pos(n)
		default:
			f.Results = append(f.Results, t.name())
		}
		toks = toks[1:]
	}
	p.fn = f
	return nil
}

// params reads "(a:p b:i)" from the head of toks.
func params(toks []token) (list []Param, rest []token, err error) {
	if len(toks) == 0 || toks[0] != "(" {
		return nil, nil, fmt.Errorf("want a list of parameters")
	}
	for i, t := range toks[1:] {
		if t == ")" {
			return list, toks[i+2:], nil
		}
		name, layout, ok := strings.Cut(t.name(), ":")
		if !ok {
			return nil, nil, fmt.Errorf("parameter %s has no layout", t)
		}
		list = append(list, Param{Name: name, Layout: layout})
	}
	return nil, nil, fmt.Errorf("the list of parameters is not closed")
}

func instr(toks []token) (Instr, error) {
	in := Instr{Dst: NoReg}
	if len(toks) > 2 && toks[1] == "=" {
		n, err := strconv.ParseInt(strings.TrimPrefix(string(toks[0]), "%"), 10, 32)
		if err != nil || n < 0 || n > 1<<20 {
			return in, fmt.Errorf("%s is not a register", toks[0])
		}
		in.Dst = Reg(n)
		toks = toks[2:]
	}
	mnemonic, layout, _ := strings.Cut(string(toks[0]), "/")
	op, ok := opByName[mnemonic]
	if !ok {
		return in, fmt.Errorf("unknown operation %q", mnemonic)
	}
	in.Op, in.Layout = op, layout
	rest := toks[1:]
	main, cases := splitCases(rest)
	numbers := 0
	for _, t := range main {
		switch {
		case t[0] == '#':
			n, err := strconv.ParseInt(string(t[1:]), 10, 32)
			if err != nil || numbers > 1 {
				return in, fmt.Errorf("bad number %s", t)
			}
			if numbers++; numbers == 1 {
				in.N = int32(n)
			} else {
				in.M = int32(n)
			}
		case t[0] == ':':
			in.Tag = t[1:].name()
		case strings.HasPrefix(string(t), "in="):
			in.Places = strings.Split(t[len("in="):].name(), "\t")
		case t[0] == '.':
			in.Method = t[1:].name()
		case strings.HasPrefix(string(t), "->"):
			a, b, two := strings.Cut(string(t[2:]), ",")
			n, ok := blockNum(a)
			if !ok {
				return in, fmt.Errorf("bad target %s", t)
			}
			in.Then = n
			if two {
				if in.Else, ok = blockNum(b); !ok {
					return in, fmt.Errorf("bad target %s", t)
				}
			}
		default:
			isMeta, err := namePos(t, &in.Name, &in.Pos)
			if err != nil {
				return in, err
			}
			if isMeta {
				continue
			}
			a, err := operand(t)
			if err != nil {
				return in, err
			}
			in.Args = append(in.Args, a)
		}
	}
	for _, toks := range cases {
		c, err := selectCase(toks)
		if err != nil {
			return in, err
		}
		in.Cases = append(in.Cases, c)
	}
	return in, nil
}

func splitCases(toks []token) (main []token, cases [][]token) {
	for _, t := range toks {
		switch {
		case t == "|":
			cases = append(cases, nil)
		case cases == nil:
			main = append(main, t)
		default:
			cases[len(cases)-1] = append(cases[len(cases)-1], t)
		}
	}
	return main, cases
}

func selectCase(toks []token) (Case, error) {
	var c Case
	if len(toks) == 0 {
		return c, fmt.Errorf("empty case")
	}
	kind, layout, _ := strings.Cut(string(toks[0]), "/")
	var args []Arg
	for _, t := range toks[1:] {
		isMeta, err := namePos(t, &c.Name, &c.Pos)
		if err != nil {
			return c, err
		}
		if isMeta {
			continue
		}
		a, err := operand(t)
		if err != nil {
			return c, err
		}
		args = append(args, a)
	}
	switch {
	case kind == "send" && len(args) == 2:
		c.Send, c.Chan, c.Val = true, args[0], args[1]
	case kind == "recv" && len(args) == 1:
		c.Chan, c.Layout = args[0], layout
	default:
		return c, fmt.Errorf("bad case %q", toks)
	}
	return c, nil
}

// namePos reads name="…" and @N, and reports whether t was one of them.
func namePos(t token, name *string, pos *Pos) (bool, error) {
	switch {
	case strings.HasPrefix(string(t), "name="):
		*name = t[len("name="):].name()
	case t[0] == '@':
		n, err := strconv.ParseInt(string(t[1:]), 10, 32)
		if err != nil {
			return false, fmt.Errorf("bad position %s", t)
		}
		*pos = Pos(n)
	default:
		return false, nil
	}
	return true, nil
}

func operand(t token) (Arg, error) {
	switch {
	case t == "nil":
		return Nil(), nil
	case t == "true", t == "false":
		return Bool(t == "true"), nil
	case t[0] == '%':
		n, err := strconv.ParseInt(string(t[1:]), 10, 32)
		if err != nil || n < 0 || n > 1<<20 {
			return Arg{}, fmt.Errorf("%s is not a register", t)
		}
		return R(Reg(n)), nil
	case t[0] == '&':
		return Fn(t[1:].name()), nil
	case t[0] == '$':
		return Global(t[1:].name()), nil
	case t[0] == '"':
		return Str(t.name()), nil
	}
	n, err := strconv.ParseInt(string(t), 10, 64)
	if err != nil {
		return Arg{}, fmt.Errorf("bad operand %s", t)
	}
	return Int(n), nil
}

func blockNum(s string) (int32, bool) {
	n, err := strconv.ParseInt(strings.TrimPrefix(s, "b"), 10, 32)
	return int32(n), err == nil && strings.HasPrefix(s, "b") && n >= 0
}

// A token is a word of a line, with its quotes if it has any.
type token string

// name is the word itself, unquoted.
func (t token) name() string {
	if strings.HasPrefix(string(t), `"`) {
		if s, err := strconv.Unquote(string(t)); err == nil {
			return s
		}
	}
	return string(t)
}

// tokens splits a line at white space outside Go strings; the parentheses of
// parameter lists are tokens of their own where they stand at a word's edge.
func tokens(line string) ([]token, error) {
	var toks []token
	head := strings.HasPrefix(line, "func ")
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		end := 0
		for end < len(line) && line[end] != ' ' && line[end] != '\t' {
			if line[end] != '"' {
				end++
				continue
			}
			q, err := strconv.QuotedPrefix(line[end:])
			if err != nil {
				return nil, fmt.Errorf("string is not closed")
			}
			end += len(q)
		}
		word := line[:end]
		line = line[end:]
		if !head || len(toks) < 2 {
			toks = append(toks, token(word))
			continue
		}
		if strings.HasPrefix(word, "(") && word != "(" {
			toks = append(toks, "(")
			word = word[1:]
		}
		if strings.HasSuffix(word, ")") && word != ")" {
			toks = append(toks, token(word[:len(word)-1]), ")")
			continue
		}
		toks = append(toks, token(word))
	}
	return toks, nil
}
