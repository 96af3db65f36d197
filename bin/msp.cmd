@echo off
node "%~dp0msp" %*
