// Package status declares what has a model.
package status

// Code stands for that of package codes.
type Code uint32

func Error(c Code, msg string) (_ error)               { return }
func Errorf(c Code, format string, a ...any) (_ error) { return }
