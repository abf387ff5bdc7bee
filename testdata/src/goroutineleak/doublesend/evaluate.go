package doublesend

import (
	"errors"
	"fmt"
)

// Expr is a node of an expression.
type Expr struct {
	Op          byte
	Left, Right *Expr
	Value       int
}

// Evaluate computes an expression, its two sides in parallel.
func Evaluate(e *Expr) (int, error) {
	if e.Left == nil || e.Right == nil {
		return e.Value, nil
	}
	type answer struct {
		n   int
		err error
	}
	side := func(e *Expr) <-chan answer {
		out := make(chan answer)
		go func() {
			n, err := Evaluate(e)
			if err != nil {
				out <- answer{0, err}
			}
			out <- answer{n, nil} // want "send on out blocks for ever"
		}()
		return out
	}
	l, r := side(e.Left), side(e.Right)
	left, right := <-l, <-r
	if err := errors.Join(left.err, right.err); err != nil {
		return 0, err
	}
	switch e.Op {
	case '+':
		return left.n + right.n, nil
	case '/':
		if right.n == 0 {
			return 0, errors.New("division by zero")
		}
		return left.n / right.n, nil
	}
	return 0, fmt.Errorf("unknown operator %q", e.Op)
}

// EvaluateFixed computes an expression, its two sides in parallel.
func EvaluateFixed(e *Expr) (int, error) {
	if e.Left == nil || e.Right == nil {
		return e.Value, nil
	}
	type answer struct {
		n   int
		err error
	}
	side := func(e *Expr) <-chan answer {
		out := make(chan answer)
		go func() {
			n, err := EvaluateFixed(e)
			if err != nil {
				out <- answer{0, err}
				return
			}
			out <- answer{n, nil}
		}()
		return out
	}
	l, r := side(e.Left), side(e.Right)
	left, right := <-l, <-r
	if err := errors.Join(left.err, right.err); err != nil {
		return 0, err
	}
	switch e.Op {
	case '+':
		return left.n + right.n, nil
	case '/':
		if right.n == 0 {
			return 0, errors.New("division by zero")
		}
		return left.n / right.n, nil
	}
	return 0, fmt.Errorf("unknown operator %q", e.Op)
}
