package pipes

import (
	"encoding/json"
	"io"
)

// Point is a value of a series.
type Point struct {
	Time  int64
	Value float64
}

// Visit hands the points that produce yields to visit, by way of their JSON
// form, until visit fails.
func Visit(produce func() (Point, bool), visit func(Point) error) error {
	pr, pw := io.Pipe()
	go func() {
		enc := json.NewEncoder(pw)
		for p, ok := produce(); ok; p, ok = produce() {
			if err := enc.Encode(p); err != nil { // stuck: Visit
				return
			}
		}
		pw.Close()
	}()
	dec := json.NewDecoder(pr)
	for {
		var p Point
		if err := dec.Decode(&p); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := visit(p); err != nil {
			return err
		}
	}
}

// VisitFixed hands the points that produce yields to visit, by way of their JSON
// form, until visit fails.
func VisitFixed(produce func() (Point, bool), visit func(Point) error) error {
	pr, pw := io.Pipe()
	defer pr.Close()
	go func() {
		enc := json.NewEncoder(pw)
		for p, ok := produce(); ok; p, ok = produce() {
			if err := enc.Encode(p); err != nil {
				return
			}
		}
		pw.Close()
	}()
	dec := json.NewDecoder(pr)
	for {
		var p Point
		if err := dec.Decode(&p); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := visit(p); err != nil {
			return err
		}
	}
}
