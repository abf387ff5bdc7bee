// Package inspect lets a user look into the analysis: what was explored of a
// package, as what, and why nothing is said about an operation. Its analyzers
// are no checks. They run only where they are asked for, and then alone:
//
//	concheck -stats ./...          how much was explored, and what hit a bound
//	concheck -dump ./pkg           the skeletons that were explored
//	concheck -why file.go:12 ./pkg why nothing is reported about line 12
package inspect
