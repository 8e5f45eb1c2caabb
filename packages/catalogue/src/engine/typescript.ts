import { createRequire } from 'node:module'
import type typescript from 'typescript6'

/**
 * The compiler's classic API, loaded by `require`: an `import` has Node look through nine megabytes for names that
 * CommonJS might export, which takes half a second.
 */
export const ts = createRequire(import.meta.url)('typescript6') as typeof typescript

/** The types of that API which the scanner uses. */
export namespace ts {
  export type ArrowFunction = typescript.ArrowFunction
  export type AsExpression = typescript.AsExpression
  export type BinaryExpression = typescript.BinaryExpression
  export type CallExpression = typescript.CallExpression
  export type ClassElement = typescript.ClassElement
  export type ClassLikeDeclaration = typescript.ClassLikeDeclaration
  export type CompilerHost = typescript.CompilerHost
  export type CompilerOptions = typescript.CompilerOptions
  export type Diagnostic = typescript.Diagnostic
  export type ElementAccessExpression = typescript.ElementAccessExpression
  export type Expression = typescript.Expression
  export type FunctionDeclaration = typescript.FunctionDeclaration
  export type FunctionExpression = typescript.FunctionExpression
  export type GetAccessorDeclaration = typescript.GetAccessorDeclaration
  export type Identifier = typescript.Identifier
  export type IntersectionType = typescript.IntersectionType
  export type MetaProperty = typescript.MetaProperty
  export type MethodDeclaration = typescript.MethodDeclaration
  export type Node = typescript.Node
  export type ObjectLiteralElementLike = typescript.ObjectLiteralElementLike
  export type ObjectLiteralExpression = typescript.ObjectLiteralExpression
  export type ObjectType = typescript.ObjectType
  export type Program = typescript.Program
  export type ProjectReference = typescript.ProjectReference
  export type PropertyAccessExpression = typescript.PropertyAccessExpression
  export type PropertyDeclaration = typescript.PropertyDeclaration
  export type PropertyName = typescript.PropertyName
  export type SourceFile = typescript.SourceFile
  export type SpreadAssignment = typescript.SpreadAssignment
  export type Symbol = typescript.Symbol
  export type SyntaxKind = typescript.SyntaxKind
  export type TemplateExpression = typescript.TemplateExpression
  export type Type = typescript.Type
  export type TypeChecker = typescript.TypeChecker
  export type TypeFlags = typescript.TypeFlags
  export type TypeNode = typescript.TypeNode
  export type TypeReference = typescript.TypeReference
  export type VariableDeclaration = typescript.VariableDeclaration
}
